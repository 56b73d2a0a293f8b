// The attestations that keep the texts of some OpenLineage events.
// @mode read
// @param ids List<String>
// @returns id String
// @returns values String?
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, t.values AS values
