// Which groups' decisions used whose output, as the edges of some decisions say: since when both decisions and the edge
// were known. What link-groups keeps once for two groups is the least of these.
// @mode read
// @param ids List<String>
// @returns fed Int
// @returns feeding Int
// @returns known Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (p:Artifact {id: id})
CALL (p) {
  MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
  RETURN p AS effect, q AS cause, r
  UNION ALL
  MATCH (q:Prediction)-[r:USED_OUTPUT_OF]->(p)
  RETURN q AS effect, p AS cause, r
}
WITH effect, cause, r
WHERE effect.group IS NOT NULL AND cause.group IS NOT NULL AND effect.group <> cause.group
UNWIND [r.since, effect.leafIndex, cause.leafIndex] AS leaf
WITH effect, cause, r, max(leaf) AS known
RETURN DISTINCT effect.group AS fed, cause.group AS feeding, known
