// Attestations before a leaf index, newest first.
// @mode read
// @param before Int
// @param first Int
// @returns attestation Map
// @plan NodeIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (t:Attestation)
WHERE t.leafIndex < $before
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first
