// A whole closure with its root, nearest first, to be streamed. Follows the arrows from effect to cause.
// Rows are columns of up to 1,000 nodes of one depth: a row for each node costs four times as much to send. Only
// references are grouped; what is sent of a node is read when its row is asked for, so nobody holds all of it.
// A node that was not declared by then is a placeholder and says nothing of itself.
// @mode read
// @param of String
// @param asOf Int
// @returns depth Int
// @returns ids List<String>
// @returns kinds List<String>
// @returns digests List<String?>
// @returns times List<Int?>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times
