// Ties attestations to what they are about; "since" lets a reader of an earlier point leave them out.
// @mode write
// @param rows List<{from: String, to: String, since: Int}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (a:Attestation {id: row.from})
MATCH (b:Artifact {id: row.to})
CREATE (a)-[:ABOUT {since: row.since}]->(b)
