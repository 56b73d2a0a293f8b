// count-downstream as of the present head. Follows the arrows backwards and, like every walk downstream, neither
// enters decisions nor blames data for the features that were once defined on it.
// No interval is looked at, which halves the cost. So the answer counts only if, after the walk, the head is still at the
// point: then nothing newer was met, because a new size is seen before the edges that come with it ("inOrder"), and if
// no edge was ended that leaves anything the walk went through ("Amended"). Else there is no row, and the caller walks
// again with the intervals. The head is not looked at before the walk: a node carried along through it costs a sixth of the
// walk, so the caller asks first whether the point is the present.
// Kinds are asked for one by one, most frequent first: the list of a node's labels costs a sixth more of the walk.
// @mode read
// @param log String
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param byDepth Boolean
// @returns kind String
// @returns depth Int?
// @returns deepest Int
// @returns count Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH CASE WHEN a:Amended THEN 'Amended' WHEN a:Transform THEN 'Transform' WHEN a:Dataset THEN 'Dataset'
    WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count
ORDER BY depth
