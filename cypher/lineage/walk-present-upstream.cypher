// The first page of a closure as of the present head, in the order (depth, seq). Follows the arrows from effect to cause.
// No interval is looked at, and no point is needed, so it can be sent together with the statement that reads the head:
// the answer counts only if "size", the head's size after the walk, is still that one. Then nothing newer was met
// (count-present-upstream says why). And no edge was ended by which the walk came to these nodes, because none of them
// has the label "Amended": every node on a shortest way to one of a first page is nearer, and so on the page itself.
// Else there is no row, and the caller walks again with the intervals.
// @mode read
// @param log String
// @param of String
// @param maxDepth Int
// @param first Int
// @returns ids List<String>
// @returns seqs List<Int>
// @returns depths List<Int>
// @returns size Int
// @plan VarLengthExpand(Pruning,BFS,All)
// @plan PartialTop
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
ORDER BY depth, seq
LIMIT $first
WITH collect(a.id) AS ids, collect(seq) AS seqs, collect(depth) AS depths, collect(a:Amended) AS amended
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND NOT true IN amended
RETURN ids, seqs, depths, h.size AS size
