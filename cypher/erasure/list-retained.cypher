// What retention rules ask of what a key sealed, in pages by id. Classified SPECIAL is what says so itself, and a decision
// or attestation whose data sets do: `values` is canonical JSON, so the text stands there exactly if the field does.
// @mode read
// @param kid String
// @param after String
// @param first Int
// @returns id String
// @returns occurredAt Int
// @returns recordedAt Int
// @returns special Boolean
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
WITH id, coalesce(a, t) AS n, '"value/classification":"SPECIAL"' AS mark
RETURN id, n.occurredAt AS occurredAt, n.recordedAt AS recordedAt,
  coalesce(n.values CONTAINS mark, false)
    OR EXISTS { MATCH (n)-[:SCORED|ABOUT]->(d:Artifact) WHERE d.values CONTAINS mark }
    OR EXISTS { MATCH (n)-[:ABOUT]->(:Artifact)-[:SCORED]->(d:Artifact) WHERE d.values CONTAINS mark } AS special
