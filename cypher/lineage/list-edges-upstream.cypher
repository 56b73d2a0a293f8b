// The edges by which a closure goes on from each of some artifacts, at most so many each, with how many there are.
// Ordered by when they were stated, so that a cut list is stable under concurrent writes.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @returns total Int
// @returns edges List<{type: String, other: String, since: Int, props: String?, toDigest: String?}>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b:Artifact)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH r, b
  ORDER BY r.since, b.seq, type(r)
  WITH collect({type: type(r), other: b.id, since: r.since, props: r.props, toDigest: r.toDigest}) AS edges
  RETURN size(edges) AS total, edges[..$first] AS edges
}
RETURN id, total, edges
