// All columns, by key, a page at a time, with what they were made from.
// @mode read
// @param after String
// @param first Int
// @returns key String
// @returns props Map
// @returns links List<{type: String, to: String?, props: Map}>
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (f:Field)
WHERE f.key > $after
WITH f
ORDER BY f.key
LIMIT $first
RETURN f.key AS key, properties(f) AS props,
  [(f)-[r]->(x) | {type: type(r), to: x.key, props: properties(r)}] AS links
