// What some attestations are about, so that a reader who watches an artifact hears of them.
// @mode read
// @param ids List<String>
// @returns id String
// @returns about List<String>
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, [(t)-[:ABOUT]->(a:Artifact) | a.id] AS about, properties(t) AS props
