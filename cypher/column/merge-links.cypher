// Which column was made from which, once for each way in which it was; the columns exist by now.
// @mode write
// @param rows List<{from: String, to: String, transformation: String, masking: Boolean, since: Int}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (a:Field {key: row.from})
MATCH (b:Field {key: row.to})
MERGE (a)-[r:FIELD_FROM {transformation: row.transformation, masking: row.masking}]->(b)
ON CREATE SET r.since = row.since
