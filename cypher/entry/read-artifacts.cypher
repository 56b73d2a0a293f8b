// Artifacts with everything stored of them and the edges that their own entries state.
// @mode read
// @param ids List<String>
// @returns id String
// @returns labels List<String>
// @returns props Map
// @returns edges List<{type: String, from: String, to: String, props: Map}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id, labels(a) AS labels, properties(a) AS props,
  [(a)-[r]->(b) WHERE r.since = a.leafIndex | {type: type(r), from: id, to: b.id, props: properties(r)}] AS edges
