// Since when some terms are there. The database makes the lower case here as where the terms are written: there is one rule.
// @mode read
// @param rows List<{key: String, match: String, kind: String, namespace: String, name: String, text: String}>
// @returns key String
// @returns since Any?
// @plan NodeUniqueIndexSeek
UNWIND $rows AS row
MATCH (t:SearchTerm {match: row.match, kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.text)})
RETURN row.key AS key, t.since AS since
