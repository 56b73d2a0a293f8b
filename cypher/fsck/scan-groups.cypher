// All decision groups, by number, a page at a time, with everything that they are tied to.
// @mode read
// @param after Int
// @param first Int
// @returns number Int
// @returns props Map
// @returns edges List<{type: String, to: String?, props: Map}>
// @plan NodeIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (g:DecisionGroup)
WHERE g.number > $after
WITH g
ORDER BY g.number
LIMIT $first
RETURN g.number AS number, properties(g) AS props,
  [(g)-[r]->(x) | {type: type(r), to: coalesce(x.id, 'group ' + x.number), props: properties(r)}] AS edges
