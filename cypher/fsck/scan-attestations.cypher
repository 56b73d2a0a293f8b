// All attestations, by id, a page at a time: whether the log knows each of them.
// @mode read
// @param after String
// @param first Int
// @returns id String
// @returns leafIndex Any?
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (t:Attestation)
WHERE t.id > $after
RETURN t.id AS id, t.leafIndex AS leafIndex
ORDER BY t.id
LIMIT $first
