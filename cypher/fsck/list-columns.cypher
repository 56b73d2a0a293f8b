// Columns by their keys, with everything stored of them.
// @mode read
// @param keys List<String>
// @returns key String
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $keys AS key
MATCH (f:Field {key: key})
RETURN key, properties(f) AS props
