// The names whose newest version was declared last, newest first.
// @mode read
// @param asOf Int
// @param first Int
// @returns id String
// @plan NodeIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (t:SearchTerm)
WHERE t.leafIndex < $asOf
RETURN t.newest AS id
ORDER BY t.leafIndex DESC
LIMIT $first
