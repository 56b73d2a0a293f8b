// Which of some edges hold now: only such an edge can be withdrawn.
// @mode read
// @param rows List<{from: String, to: String, type: String}>
// @param open Int
// @returns from String
// @returns to String
// @returns type String
// @plan NodeUniqueIndexSeek
UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact {id: row.to})
WHERE type(r) = row.type AND r.until = $open
RETURN DISTINCT row.from AS from, row.to AS to, row.type AS type
