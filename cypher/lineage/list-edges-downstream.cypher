// The edges by which a closure goes on from each of some artifacts, at most so many each, with how many there are.
// Ordered by when they were stated, so that a cut list is stable under concurrent writes. A hub can have 10^6 of them:
// no more than "bound" are looked at and sorted, and a total that reaches the bound means "at least".
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @param bound Int
// @returns id String
// @returns total Int
// @returns edges List<{type: String, other: String, since: Int, props: String?, toDigest: String?}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH r, b
  LIMIT $bound
  WITH r, b
  ORDER BY r.since, b.seq, type(r)
  WITH collect([r, b]) AS pairs
  RETURN size(pairs) AS total, [pair IN pairs[..$first] | {
    type: type(pair[0]), other: pair[1].id, since: pair[0].since, props: pair[0].props, toDigest: pair[0].toDigest
  }] AS edges
}
RETURN id, total, edges
