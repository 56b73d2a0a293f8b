// The decision groups whose model or scored data is one of some artifacts. ALSO_OF are edges that attestations gave single
// decisions later.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns number Int
// @returns mode String
// @returns model String
// @returns amended Boolean
// @returns throughModel Boolean
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[s:OF_MODEL|OF_DATA|ALSO_OF]-(g:DecisionGroup)
WHERE s.since IS NULL OR s.since < $asOf
WITH g, any(type IN collect(type(s)) WHERE type = 'OF_MODEL') AS throughModel
MATCH (g)-[:OF_MODEL]->(m:Artifact)
RETURN g.number AS number, g.mode AS mode, m.id AS model, coalesce(g.amendedSince < $asOf, false) AS amended,
  throughModel
ORDER BY number
LIMIT $first
