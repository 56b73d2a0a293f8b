// All ties between entries and their further keys, a page at a time, with what the entries' nodes hold under keys.
// @mode read
// @param kid String
// @param id String
// @param first Int
// @returns kid String
// @returns id String
// @returns props Map
// @returns owner Map
// @plan !Sort
// @plan !Top
MATCH (s:SealedUnder)
WHERE s.kid >= $kid AND s.id > '' AND (s.kid > $kid OR s.id > $id)
WITH s
ORDER BY s.kid, s.id
LIMIT $first
OPTIONAL MATCH (a:Artifact {id: s.id})
OPTIONAL MATCH (t:Attestation {id: s.id})
WITH s, coalesce(a, t) AS n
RETURN s.kid AS kid, s.id AS id, properties(s) AS props, {kid: n.kid, sealed: n.sealed, erased: n.erased} AS owner
ORDER BY kid, id
