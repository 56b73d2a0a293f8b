// What some attestations are about, at most so many artifacts each, in the order in which Pedigree first heard of them.
// @mode read
// @param ids List<String>
// @param first Int
// @returns id String
// @returns total Int
// @returns about List<String>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (t:Attestation {id: id})
CALL (t) {
  MATCH (t)-[:ABOUT]->(a:Artifact)
  WITH a ORDER BY a.seq
  WITH collect(a.id) AS about
  RETURN size(about) AS total, about[..$first] AS about
}
RETURN id, total, about
