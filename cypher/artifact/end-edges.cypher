// Withdraws edges by closing their interval: they stay visible as of any earlier point and are never deleted. What they
// leave is marked, so that a walk that looks at no interval knows where it may have gone wrong.
// @mode write
// @param rows List<{from: String, to: String?, type: String, until: Int}>
// @param open Int
// @returns ended Int
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact)
WHERE type(r) = row.type AND r.until = $open AND r.since < row.until AND (row.to IS NULL OR b.id = row.to)
SET r.until = row.until, a:Amended
RETURN count(r) AS ended
