// Attestations about one artifact before a leaf index, newest first; of some types, or only those that speak against it.
// @mode read
// @param of String
// @param types List<String>?
// @param findings Boolean
// @param before Int
// @param first Int
// @returns attestation Map
// @plan NodeUniqueIndexSeek
MATCH (a:Artifact {id: $of})
CALL (a) {
  MATCH (t:Attestation)-[:ABOUT]->(a)
  WHERE t.leafIndex < $before AND ($types IS NULL OR t.type IN $types) AND (NOT $findings OR t.finding = true)
  WITH collect(t) AS found
  UNWIND found AS t
  RETURN t
}
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first
