// Which attestations of a batch were recorded before; as for artifacts, one index seek an id.
// @mode read
// @param ids List<String>
// @returns id String
// @returns digest String
// @returns leafIndex Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Attestation {id: id})
RETURN a.id AS id, a.digest AS digest, a.leafIndex AS leafIndex
