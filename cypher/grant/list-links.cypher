// The edges that leave some artifacts, with what their producers said about them, as of a point; oldest first.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns from String
// @returns type String
// @returns to String
// @returns since Int
// @returns props String?
// @returns toDigest String?
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b:Artifact)
WHERE r.since < $asOf AND $asOf <= r.until
WITH a, r, b
LIMIT $first
RETURN a.id AS from, type(r) AS type, b.id AS to, r.since AS since, r.props AS props, r.toDigest AS toDigest
ORDER BY since, b.seq, type
