// A placeholder becomes the declared artifact, exactly once: the caller has seen under the lock that it has no digest.
// @mode write
// @param rows List<{id: String, props: Map, score: Float?}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (a:Artifact {id: row.id})
SET a += row.props, a.score = row.score
