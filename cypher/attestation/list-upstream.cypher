// Everything attested about a decision's ancestry, oldest first: one walk, so that a storyline needs no call per node.
// Only artifacts are reached by these edges; said of the end, the label would let the planner begin with all artifacts where
// there are few.
// @mode read
// @param of String
// @param asOf Int
// @param first Int
// @returns attestation Map
// @returns about String
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
MATCH (t:Attestation)-[about:ABOUT]->(a)
WHERE about.since < $asOf
RETURN properties(t) AS attestation, a.id AS about
ORDER BY t.leafIndex, a.seq
LIMIT $first
