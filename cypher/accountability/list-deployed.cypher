// Deployments at an endpoint up to a time, the latest first, each with what was approved and retired of its model by then.
// By the producers' times, because events come in any order; at the same moment the log decides. The stored values are
// canonical JSON, in which a top-level member can be looked for as text; the caller reads them again.
// @mode read
// @param endpoint String
// @param time Int
// @param asOf Int
// @param first Int
// @returns model String
// @returns deployed Map
// @returns approvals List<Map>
// @returns retired List<Map>
// @plan NodeIndexSeek
MATCH (d:Attestation)
WHERE d.type = 'DEPLOYED' AND d.leafIndex < $asOf AND d.occurredAt <= $time AND d.values CONTAINS $endpoint
MATCH (d)-[:ABOUT]->(m:Model)
WITH d, m
ORDER BY d.occurredAt DESC, d.leafIndex DESC, m.seq
LIMIT $first
RETURN m.id AS model, properties(d) AS deployed,
  COLLECT {
    MATCH (a:Attestation {type: 'APPROVED'})-[:ABOUT]->(m) WHERE a.leafIndex < $asOf AND a.occurredAt <= $time
    RETURN properties(a) ORDER BY a.occurredAt, a.leafIndex
  } AS approvals,
  COLLECT {
    MATCH (a:Attestation {type: 'RETIRED'})-[:ABOUT]->(m) WHERE a.leafIndex < $asOf AND a.occurredAt <= $time
    RETURN properties(a) ORDER BY a.occurredAt, a.leafIndex
  } AS retired
ORDER BY d.occurredAt DESC, d.leafIndex DESC, model
