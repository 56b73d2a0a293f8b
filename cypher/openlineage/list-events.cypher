// Which OpenLineage events said something about some artifacts: their attestations keep the text that was sent. Only their
// places come, so that a large export holds no texts. The stored values are canonical JSON, in which a top-level member
// can be looked for as text.
// @mode read
// @param ids List<String>
// @param asOf Int
// @returns id String
// @returns leafIndex Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
MATCH (t:Attestation {type: 'SUPPLEMENTS'})-[about:ABOUT]->(a)
WHERE about.since < $asOf AND t.values CONTAINS '"value/verbatim":"'
RETURN DISTINCT t.id AS id, t.leafIndex AS leafIndex
