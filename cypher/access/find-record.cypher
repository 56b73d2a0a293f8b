// Where in the access log a record is.
// @mode read
// @param id String
// @returns leafIndex Int
// @plan NodeUniqueIndexSeek
MATCH (r:AccessRecord {id: $id})
RETURN r.leafIndex AS leafIndex
