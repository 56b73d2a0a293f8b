// What a batch names and the graph already knows. One index seek an id; the decision what is new, repeated or in
// conflict is made by the caller under the log's lock.
// @mode read
// @param ids List<String>
// @returns id String
// @returns seq Int
// @returns digest String?
// @returns leafIndex Int?
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN a.id AS id, a.seq AS seq, a.digest AS digest, a.leafIndex AS leafIndex
