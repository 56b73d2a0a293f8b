// The decision groups whose model or scored data is an artifact or depends on it: the small graph is walked, as for
// lineage downstream, and no decision is touched. ALSO_OF are edges that attestations gave single decisions later.
// @mode read
// @param of String
// @param asOf Int
// @param first Int
// @returns number Int
// @returns mode String
// @returns model String
// @returns amended Boolean
// @returns throughModel Boolean
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
MATCH (a)<-[s:OF_MODEL|OF_DATA|ALSO_OF]-(g:DecisionGroup)
WHERE s.since IS NULL OR s.since < $asOf
WITH g, any(type IN collect(type(s)) WHERE type = 'OF_MODEL') AS throughModel
MATCH (g)-[:OF_MODEL]->(m:Artifact)
RETURN g.number AS number, g.mode AS mode, m.id AS model, coalesce(g.amendedSince < $asOf, false) AS amended,
  throughModel
ORDER BY number
LIMIT $first
