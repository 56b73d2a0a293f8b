// Which of the keys that a batch seals under are being erased or are gone; asked under the log's lock, so that no value
// comes into being under a key that is to be destroyed.
// @mode read
// @param kids List<String>
// @returns kid String
// @plan NodeUniqueIndexSeek
UNWIND $kids AS kid
MATCH (e:Erasure {kid: kid})
RETURN e.kid AS kid
