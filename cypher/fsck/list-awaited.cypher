// Whether some artifacts are noted as awaited. The note is looked for first: one that is gone because its artifact was
// declared meanwhile is then seen to be so.
// @mode read
// @param ids List<String>
// @returns id String
// @returns noted Boolean
// @returns declared Boolean
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
OPTIONAL MATCH (w:Awaited {id: id})
WITH id, count(w) > 0 AS noted
MATCH (a:Artifact {id: id})
RETURN id, noted, a.digest IS NOT NULL AS declared
