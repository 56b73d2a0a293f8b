// Where the affected models are deployed: DEPLOYED attestations that no later RETIRED one about the same model ends.
// "Later" is by the producers' times, because events come in any order; at the same moment the log decides.
// @mode read
// @param of String
// @param asOf Int
// @param first Int
// @returns total Int
// @returns deployments List<{model: String, attestation: Map}>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(m:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT m
WHERE m:Model
MATCH (d:Attestation)-[about:ABOUT]->(m)
WHERE d.type = 'DEPLOYED' AND about.since < $asOf AND NOT EXISTS {
  MATCH (e:Attestation)-[ended:ABOUT]->(m)
  WHERE e.type = 'RETIRED' AND ended.since < $asOf
    AND (e.occurredAt > d.occurredAt OR (e.occurredAt = d.occurredAt AND e.leafIndex > d.leafIndex))
}
WITH m, d
ORDER BY d.leafIndex, m.seq
WITH collect({model: m.id, attestation: properties(d)}) AS deployments
RETURN size(deployments) AS total, deployments[..$first] AS deployments
