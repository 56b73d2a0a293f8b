// Attestations with everything stored of them, what they are about, and the edges that they state of other artifacts.
// @mode read
// @param ids List<String>
// @returns id String
// @returns labels List<String>
// @returns props Map
// @returns edges List<{type: String, from: String, to: String, props: Map}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, labels(t) AS labels, properties(t) AS props,
  [(t)-[r]->(a) | {type: type(r), from: id, to: a.id, props: properties(r)}] +
  COLLECT {
    UNWIND coalesce(t.sources, []) AS source
    MATCH (a:Artifact {id: source})-[r]->(b)
    WHERE r.since = t.leafIndex
    RETURN {type: type(r), from: source, to: b.id, props: properties(r)}
  } AS edges
