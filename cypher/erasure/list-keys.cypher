// Names of keys that sealed something, in pages, with how far the erasure of each is. Work grows with what these keys sealed.
// @mode read
// @param after String
// @param first Int
// @returns kid String
// @returns erasure Map?
// @plan NodeIndexSeek
// @plan !NodeByLabelScan
CALL () {
  MATCH (n:Artifact) WHERE n.kid > $after AND n.id > ''
  WITH DISTINCT n.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
  UNION
  MATCH (n:Attestation) WHERE n.kid > $after AND n.id > ''
  WITH DISTINCT n.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
  UNION
  MATCH (s:SealedUnder) WHERE s.kid > $after AND s.id > ''
  WITH DISTINCT s.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
}
WITH kid ORDER BY kid LIMIT $first
OPTIONAL MATCH (e:Erasure {kid: kid})
RETURN kid, properties(e) AS erasure
ORDER BY kid
