// Which of some artifacts can be reached from others along ancestry: the question behind every refusal of a cycle.
// A pruning breadth-first walk from each start, so that the cost is edges and not paths. Only artifacts are reached by these
// edges; said of the end, the label would let the planner begin with all artifacts where there are few.
// @mode read
// @param starts List<String>
// @param targets List<String>
// @param open Int
// @returns start String
// @returns target String
// @plan VarLengthExpand(Pruning,BFS,All)
UNWIND $starts AS startId
MATCH (s:Artifact {id: startId})
MATCH (s)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(t)
WHERE all(x IN r WHERE x.until = $open)
WITH DISTINCT startId, t
WHERE t.id IN $targets
RETURN startId AS start, t.id AS target
