// The models downstream of some data sets as of a point: what may have learnt from a person's rows.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @plan VarLengthExpand(Pruning,BFS,All)
UNWIND $ids AS id
MATCH (d:Artifact {id: id})
MATCH (d)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*1..]-(m:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT m
WHERE m:Model
RETURN m.id AS id
ORDER BY m.seq
LIMIT $first
