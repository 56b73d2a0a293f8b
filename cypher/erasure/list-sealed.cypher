// What was sealed under a key, erased or not, in pages by id; for an attestation also which artifacts it is about.
// @mode read
// @param kid String
// @param after String
// @param first Int
// @returns id String
// @returns sealed String?
// @returns erased String?
// @returns about List<String>
// @plan NodeIndexSeek
// @plan !NodeByLabelScan
// @plan NodeUniqueIndexSeek
CALL () {
  MATCH (n:Artifact) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (n:Attestation) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > $after
  RETURN s.id AS id ORDER BY s.kid, s.id LIMIT $first
}
WITH id ORDER BY id LIMIT $first
OPTIONAL MATCH (a:Artifact {id: id})
OPTIONAL MATCH (t:Attestation {id: id})
WITH id, coalesce(a, t) AS n, t
RETURN id, n.sealed AS sealed, n.erased AS erased, COLLECT { MATCH (t)-[:ABOUT]->(b:Artifact) RETURN b.id ORDER BY b.id } AS about
