// What has been attested about some artifacts as of a point, oldest first, at most so many each.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @returns total Int
// @returns attestations List<Map>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (t:Attestation)-[r:ABOUT]->(a)
  WHERE r.since < $asOf
  WITH t
  ORDER BY t.leafIndex
  WITH collect(properties(t)) AS attestations
  RETURN size(attestations) AS total, attestations[..$first] AS attestations
}
RETURN id, total, attestations
