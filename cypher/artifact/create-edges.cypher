// Edges between nodes that exist by now. "since" is the leaf index of the entry that states the edge; "until" stays
// open until a later entry ends it.
// @mode write
// @param rows List<{from: String, to: String, type: String, props: Map}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})
MATCH (b:Artifact {id: row.to})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.props
