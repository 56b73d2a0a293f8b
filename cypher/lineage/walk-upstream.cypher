// One page of a closure in the order (depth, seq), after a given position. Follows the arrows from effect to cause.
// The pattern with min(length) plans as a pruning breadth-first walk: cost is edges, never paths. Its rows come by
// depth, and the planner knows: it sorts level by level (PartialTop) and stops the walk when the page is full.
// Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
// and so does a label on the end, which every end of these types has anyway.
// @mode read
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param afterDepth Int
// @param afterSeq Int
// @param first Int
// @returns id String
// @returns seq Int
// @returns depth Int
// @plan VarLengthExpand(Pruning,BFS,All)
// @plan PartialTop
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
WITH a, seq, depth
ORDER BY depth, seq
LIMIT $first
RETURN a.id AS id, seq, depth
