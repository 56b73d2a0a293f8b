// Columns by their content: the same column of a data set is stored once, however many versions and entries name it.
// "since" is the first entry that does: later ones have greater leaf indexes, because the lock orders them.
// @mode write
// @param rows List<{key: String, dataset: String, column: String, since: Int}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MERGE (f:Field {key: row.key})
ON CREATE SET f.dataset = row.dataset, f.column = row.column, f.since = row.since
