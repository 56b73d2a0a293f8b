// Where in the log an artifact or an attestation was recorded: its leaf index; none for a placeholder.
// @mode read
// @param id String
// @returns leafIndex Int
// @plan NodeUniqueIndexSeek
OPTIONAL MATCH (a:Artifact {id: $id})
OPTIONAL MATCH (t:Attestation {id: $id})
WITH coalesce(a.leafIndex, t.leafIndex) AS leafIndex
WHERE leafIndex IS NOT NULL
RETURN leafIndex
