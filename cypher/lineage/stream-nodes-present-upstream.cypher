// stream-nodes-upstream as of the present head. Follows the arrows from effect to cause.
// No interval is looked at, which halves the cost. So the answer counts only if, after the walk, the head is still at the
// point: then nothing newer was met, because a new size is seen before the edges that come with it ("inOrder"), and if
// no edge was ended that leaves anything the walk went through ("Amended"). Else there is no row, and the caller walks
// again with the intervals.
// @mode read
// @param log String
// @param of String
// @param asOf Int
// @returns depth Int
// @returns ids List<String>
// @returns kinds List<String>
// @returns digests List<String?>
// @returns times List<Int?>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect({depth: depth, nodes: nodes}) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS row
WITH row.depth AS depth, row.nodes AS nodes
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times
