// The ancestry of an artifact, itself included, in columns: ids, distances, and where each entry lies in the log. One row
// more than the bound says that there is more.
// @mode read
// @param of String
// @param asOf Int
// @param first Int
// @returns id String
// @returns depth Int
// @returns leafIndex Int?
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
LIMIT $first
RETURN a.id AS id, depth, CASE WHEN a.leafIndex < $asOf THEN a.leafIndex END AS leafIndex
