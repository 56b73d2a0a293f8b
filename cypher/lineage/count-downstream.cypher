// How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
// groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
// Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
// chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
// Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
// and so does a label on the end, which every end of these types has anyway.
// @mode read
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param byDepth Boolean
// @returns labels List<String>
// @returns depth Int?
// @returns deepest Int
// @returns count Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth
