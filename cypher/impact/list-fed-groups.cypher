// The groups that some groups feed: they have decisions that used the output of decisions of those, at any distance.
// @mode read
// @param numbers List<Int>
// @param asOf Int
// @param first Int
// @returns number Int
// @returns mode String
// @returns model String
// @returns amended Boolean
// @returns throughModel Boolean
// @plan VarLengthExpand(Pruning,BFS,All)
// @plan NodeIndexSeek
UNWIND $numbers AS number
MATCH (g:DecisionGroup {number: number})
MATCH (g)<-[r:FED_BY*1..]-(h:DecisionGroup)
WHERE all(x IN r WHERE x.since < $asOf)
WITH DISTINCT h
MATCH (h)-[:OF_MODEL]->(m:Artifact)
RETURN h.number AS number, h.mode AS mode, m.id AS model, coalesce(h.amendedSince < $asOf, false) AS amended,
  false AS throughModel
ORDER BY number
LIMIT $first
