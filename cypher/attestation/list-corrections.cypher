// What corrects some artifacts as of a point, oldest first, each with the edges that it ended and that it added there: an
// edge carries the leaf index of the entry that stated it and of the one that ended it.
// @mode read
// @param ids List<String>
// @param asOf Int
// @returns id String
// @returns correction Map
// @returns withdrawn List<{type: String, other: String, since: Int, props: String?, toDigest: String?}>
// @returns added List<{type: String, other: String, since: Int, props: String?, toDigest: String?}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[about:ABOUT]-(t:Attestation {type: 'CORRECTS'})
WHERE about.since < $asOf
RETURN id, properties(t) AS correction,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact) WHERE r.until = t.leafIndex
    RETURN {type: type(r), other: b.id, since: r.since, props: r.props, toDigest: r.toDigest} ORDER BY r.since, b.seq
  } AS withdrawn,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact) WHERE r.since = t.leafIndex
    RETURN {type: type(r), other: b.id, since: r.since, props: r.props, toDigest: r.toDigest} ORDER BY b.seq
  } AS added
ORDER BY t.leafIndex
