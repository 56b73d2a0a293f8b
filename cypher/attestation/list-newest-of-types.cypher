// Attestations of some types before a leaf index, newest first: each type is a seek, and the seeks are merged.
// The index is named, or a planner that expects few attestations reads all of them.
// @mode read
// @param types List<String>
// @param before Int
// @param first Int
// @returns attestation Map
// @plan NodeIndexSeek
UNWIND $types AS type
CALL (type) {
  MATCH (t:Attestation)
  USING INDEX SEEK t:Attestation(type, leafIndex)
  WHERE t.type = type AND t.leafIndex < $before
  RETURN t ORDER BY t.type DESC, t.leafIndex DESC LIMIT $first
}
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first
