// count-upstream as of the present head. Follows the arrows from effect to cause.
// No interval is looked at, which halves the cost. So the answer counts only if "size", the head's size after the walk, is
// still the one that was read before it: then nothing newer was met, because a new size is seen before the edges that come
// with it ("inOrder"). And only if no edge was ended that leaves anything the walk went through ("Amended"): else there
// is no row, and the caller walks again with the intervals. The head is read before by a statement of its own, which may be
// sent together with this one: a node carried along through the walk costs a sixth of it.
// Kinds are asked for one by one, most frequent first: the list of a node's labels costs a sixth more of the walk.
// @mode read
// @param log String
// @param of String
// @param maxDepth Int
// @param byDepth Boolean
// @returns kind String
// @returns depth Int?
// @returns deepest Int
// @returns count Int
// @returns size Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH CASE WHEN a:Amended THEN 'Amended' WHEN a:Transform THEN 'Transform' WHEN a:Dataset THEN 'Dataset'
    WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count, h.size AS size
ORDER BY depth
