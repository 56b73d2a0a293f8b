// stream-edges-upstream as of the present head. Follows the arrows from effect to cause.
// No interval is looked at on the way, which halves the cost; count-present-upstream says when that may be. If it may not,
// there is no row. The edges themselves are read when their row is asked for, which may be much later: so their "since" is
// looked at, but not their "until", which can only have been set beyond the point.
// Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
// end's id is sent once, with the list of its far ends.
// Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
// @mode read
// @param log String
// @param of String
// @param asOf Int
// @returns type String
// @returns near List<String>
// @returns far List<List<String>>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect(nodes) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS nodes
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
  WHERE r.since < $asOf
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
    WHERE type(r) = type AND r.since < $asOf
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far
