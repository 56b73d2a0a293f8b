// Whose output each decision of some groups used, for the cascades that are followed decision by decision. The caller
// bounds how many decisions the groups have. A decision that used none is left out.
// @mode read
// @param groups List<Int>
// @param asOf Int
// @returns id String
// @returns number Int
// @returns occurredAt Int
// @returns leafIndex Int
// @returns causes List<{id: String, group: Int?}>
// @plan NodeIndexSeek
UNWIND $groups AS number
MATCH (p:Prediction)
USING INDEX p:Prediction(group, leafIndex)
WHERE p.group = number AND p.leafIndex < $asOf
MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
WHERE r.since < $asOf AND $asOf <= r.until AND q.leafIndex < $asOf
WITH number, p, collect({id: q.id, group: q.group}) AS causes
RETURN p.id AS id, number, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex, causes
