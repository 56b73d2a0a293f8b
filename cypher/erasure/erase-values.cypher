// Takes sealed values off their nodes; what their entries committed to is kept in their place. The only change that a
// declared node ever sees, and one that leaves its entry as it is.
// @mode write
// @param rows List<{id: String, sealed: String?, erased: String?}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
OPTIONAL MATCH (a:Artifact {id: row.id})
OPTIONAL MATCH (t:Attestation {id: row.id})
WITH row, coalesce(a, t) AS n
SET n.sealed = row.sealed, n.erased = row.erased
