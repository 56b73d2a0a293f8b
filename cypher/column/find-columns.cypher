// Columns by key, as far as they were known at a point of the log.
// @mode read
// @param keys List<String>
// @param asOf Int
// @returns key String
// @plan NodeUniqueIndexSeek
UNWIND $keys AS key
MATCH (f:Field {key: key})
WHERE f.since < $asOf
RETURN f.key AS key
