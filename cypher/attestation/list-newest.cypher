// Attestations before a leaf index, newest first.
// The index is named, or a planner that expects few attestations reads all of them.
// @mode read
// @param before Int
// @param first Int
// @returns attestation Map
// @plan NodeIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(leafIndex)
WHERE t.leafIndex < $before
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first
