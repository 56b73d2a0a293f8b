// The unions that an artifact's effects pass through, each with the inputs of its run that are among those effects. Of a
// union's rows only those from an affected part are affected; the caller sees whether there are other parts.
// @mode read
// @param of String
// @param asOf Int
// @returns props String
// @returns affected List<String>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH collect(DISTINCT a) AS closure
UNWIND closure AS d
MATCH (d)-[e:PRODUCED_BY]->(t:Artifact)
WHERE e.since < $asOf AND $asOf <= e.until AND e.props CONTAINS '"mode":"UNION"'
RETURN e.props AS props, [(t)-[:READ]->(x:Artifact) WHERE x IN closure | x.id] AS affected
