// Ties groups whose decisions used each other's output, once for two groups: impact finds from it where a cascade can
// lead at all. "since" is the first point at which both decisions and the edge between them were known.
// @mode write
// @param ids List<String>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (p:Artifact {id: id})
CALL (p) {
  MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
  RETURN p AS effect, q AS cause, r.since AS stated
  UNION ALL
  MATCH (q:Prediction)-[r:USED_OUTPUT_OF]->(p)
  RETURN q AS effect, p AS cause, r.since AS stated
}
WITH effect, cause, stated
WHERE effect.group IS NOT NULL AND cause.group IS NOT NULL AND effect.group <> cause.group
UNWIND [stated, effect.leafIndex, cause.leafIndex] AS leaf
WITH effect, cause, max(leaf) AS known
WITH effect.group AS fed, cause.group AS feeding, min(known) AS since
MATCH (g:DecisionGroup {number: fed})
MATCH (h:DecisionGroup {number: feeding})
MERGE (g)-[f:FED_BY]->(h)
ON CREATE SET f.since = since
