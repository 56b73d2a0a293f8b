// What is known about some artifacts as of a point: the edges that leave them, those that have ended too, because the
// entry that ended one is part of the evidence; and what was attested about them.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @returns edges List<{type: String, to: String, since: Int, until: Int}>
// @returns attestations List<{id: String, type: String, leafIndex: Int}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact)
    WHERE r.since < $asOf
    RETURN {type: type(r), to: b.id, since: r.since, until: r.until}
    LIMIT $first
  } AS edges,
  COLLECT {
    MATCH (a)<-[r:ABOUT]-(t:Attestation)
    WHERE r.since < $asOf
    RETURN {id: t.id, type: t.type, leafIndex: t.leafIndex}
    LIMIT $first
  } AS attestations
