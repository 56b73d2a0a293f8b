// The names of a batch's artifacts, each with its newest version. The lock orders the writers, so the last one to write a
// name has its newest version. Names of decisions are left out: there are too many of them, and they have no versions.
// @mode write
// @param rows List<{kind: String, namespace: String, name: String, since: Int, id: String, newest: String?, leafIndex: Int?}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MERGE (t:SearchTerm {match: 'NAME', kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.namespace + '/' + row.name)})
ON CREATE SET t.since = row.since, t.shown = row.name, t.first = row.id
SET t.newest = coalesce(row.newest, t.newest), t.leafIndex = coalesce(row.leafIndex, t.leafIndex)
