// Records of the access log by their ids: of a grant, of its revocation, of a redaction profile. Asked inside the
// transaction that records a read, too, so that nothing is read under a grant whose revocation was committed before.
// @mode read
// @param ids List<String>
// @returns id String
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (r:AccessRecord {id: id})
RETURN id, properties(r) AS props
