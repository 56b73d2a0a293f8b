// Every legal hold, released or not, on what was sealed under a key and on what its attestations are about.
// @mode read
// @param kid String
// @returns id String
// @returns artifact String
// @returns leafIndex Int
// @returns values String?
// @plan NodeIndexSeek
// @plan !NodeByLabelScan
CALL () {
  MATCH (n:Artifact) WHERE n.kid = $kid AND n.id > ''
  RETURN n AS a
  UNION
  MATCH (n:Attestation) WHERE n.kid = $kid AND n.id > ''
  MATCH (n)-[:ABOUT]->(a:Artifact)
  RETURN a
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (a:Artifact {id: s.id})
  RETURN a
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (:Attestation {id: s.id})-[:ABOUT]->(a:Artifact)
  RETURN a
}
MATCH (h:Attestation {type: 'LEGAL_HOLD'})-[:ABOUT]->(a)
RETURN h.id AS id, a.id AS artifact, h.leafIndex AS leafIndex, h.values AS values
ORDER BY leafIndex, artifact
