// Adds this batch's decisions to their groups; the ordinals were given under the same lock.
// @mode write
// @param rows List<{key: String, size: Int}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (g:DecisionGroup {key: row.key})
SET g.size = row.size
