// Edges that some entries ended and that go on nevertheless: each row says what the entry of that leaf index ends.
// @mode read
// @param rows List<{from: String, to: String?, type: String, leaf: Int}>
// @returns leaf Int
// @returns from String
// @returns to String
// @returns type String
// @returns until Int
// @plan NodeUniqueIndexSeek
UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact)
WHERE type(r) = row.type AND r.since < row.leaf AND r.until > row.leaf AND (row.to IS NULL OR b.id = row.to)
RETURN row.leaf AS leaf, row.from AS from, b.id AS to, row.type AS type, r.until AS until
