// How many artifacts of each kind a closure has at each depth. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision groups count
// them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
// Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to.
// @mode read
// @param of String
// @param asOf Int
// @param edges List<String>?
// @param kinds List<String>?
// @param maxDepth Int
// @returns labels List<String>
// @returns depth Int
// @returns count Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
RETURN labels(a) AS labels, depth, count(*) AS count
ORDER BY depth
