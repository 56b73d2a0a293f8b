// All artifacts, by id, a page at a time: flat in memory, and a scan that was interrupted goes on from an id. Of the
// edges only those are sent that the artifact's own entry does not answer for alone. Known is what something recorded below the size names.
// @mode read
// @param after String
// @param first Int
// @param open Int
// @param size Int
// @returns id String
// @returns labels List<String>
// @returns props Map
// @returns known Boolean
// @returns edges List<{type: String, from: String, to: String, props: Map}>
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (a:Artifact)
WHERE a.id > $after
WITH a
ORDER BY a.id
LIMIT $first
RETURN a.id AS id, labels(a) AS labels, properties(a) AS props, EXISTS { (a)-[r]-() WHERE r.since < $size } AS known,
  [(a)-[r]->(b) WHERE coalesce(r.since <> a.leafIndex OR r.until <> $open, true)
    | {type: type(r), from: a.id, to: coalesce(b.id, ''), props: properties(r)}] AS edges
