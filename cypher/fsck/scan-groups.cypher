// All decision groups, by number, a page at a time, with the artifacts that they hang on.
// @mode read
// @param after Int
// @param first Int
// @returns number Int
// @returns props Map
// @returns models List<String>
// @returns datasets List<String>
// @plan NodeIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (g:DecisionGroup)
WHERE g.number > $after
WITH g
ORDER BY g.number
LIMIT $first
RETURN g.number AS number, properties(g) AS props,
  [(g)-[:OF_MODEL]->(m) | m.id] AS models,
  [(g)-[:OF_DATA]->(d) | d.id] AS datasets
