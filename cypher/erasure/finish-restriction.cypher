// What the log says about a restriction is committed. The first time counts.
// @mode write
// @param kid String
// @param entries List<String>
// @plan NodeUniqueIndexSeek(Locking)
MATCH (e:Erasure {kid: $kid})
WHERE e.restriction IS NULL
SET e.restriction = $entries
