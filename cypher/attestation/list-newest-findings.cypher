// Attestations that speak against what they are about (failed checks, drift, incidents) before a leaf index, newest first.
// The index is named, or a planner that expects few attestations reads all of them.
// @mode read
// @param types List<String>?
// @param before Int
// @param first Int
// @returns attestation Map
// @plan NodeIndexSeek
// @plan !Sort
// @plan !Top
MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(finding, leafIndex)
WHERE t.finding = true AND t.leafIndex < $before AND ($types IS NULL OR t.type IN $types)
RETURN properties(t) AS attestation
ORDER BY t.finding DESC, t.leafIndex DESC
LIMIT $first
