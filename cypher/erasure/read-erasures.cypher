// Erasures by the names of the keys.
// @mode read
// @param kids List<String>
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $kids AS kid
MATCH (e:Erasure {kid: kid})
RETURN properties(e) AS props
