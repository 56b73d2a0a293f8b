// Ties an entry's further keys to it: an index holds one key a node, and most decisions concern one person.
// @mode write
// @param rows List<{kid: String, id: String}>
UNWIND $rows AS row
CREATE (:SealedUnder {kid: row.kid, id: row.id})
