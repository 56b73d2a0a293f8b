// Everything upstream of some artifacts, themselves included, each once: what decisions can depend on at all.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @plan VarLengthExpand(Pruning,BFS,All)
UNWIND $ids AS id
MATCH (n:Artifact {id: id})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
RETURN a.id AS id
LIMIT $first
