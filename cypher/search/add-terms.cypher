// What else a name is found by: its owners and its columns. A term never changes, so one that is there is left as it is.
// @mode write
// @param rows List<{match: String, kind: String, namespace: String, name: String, shown: String, since: Int}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MERGE (t:SearchTerm {match: row.match, kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.shown)})
ON CREATE SET t.since = row.since, t.shown = row.shown
