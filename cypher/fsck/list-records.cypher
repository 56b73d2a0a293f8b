// Records of reads by id, with everything stored of them.
// @mode read
// @param ids List<String>
// @returns id String
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (r:AccessRecord {id: id})
RETURN id, properties(r) AS props
