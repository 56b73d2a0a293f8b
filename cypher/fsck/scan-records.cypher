// All records of reads, by id, a page at a time: whether the log knows each of them.
// @mode read
// @param after String
// @param first Int
// @returns id String
// @returns leafIndex Any?
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (r:AccessRecord)
WHERE r.id > $after
RETURN r.id AS id, r.leafIndex AS leafIndex
ORDER BY r.id
LIMIT $first
