// Decisions by their ids, with what decides whether a grant opens them: those that were declared by then.
// @mode read
// @param ids List<String>
// @param asOf Int
// @returns id String
// @returns leafIndex Int
// @returns namespace String
// @returns name String
// @returns digest String
// @returns occurredAt Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
WHERE a:Prediction AND a.leafIndex < $asOf
RETURN id, a.leafIndex AS leafIndex, a.namespace AS namespace, a.name AS name, a.digest AS digest, a.occurredAt AS occurredAt
