// Which of some artifacts belong to a lineage, its root included: one pruned walk, however many were touched.
// @mode read
// @param of String
// @param asOf Int
// @param ids List<String>
// @returns id String
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
WHERE a.id IN $ids
RETURN a.id AS id
