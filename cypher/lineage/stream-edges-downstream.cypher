// The edges by which a closure goes on from each of its nodes, nearest first, to be streamed. Follows the arrows backwards and, like every walk downstream, neither
// enters decisions nor blames data for the features that were once defined on it.
// Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
// end's id is sent once, with the list of its far ends.
// Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
// @mode read
// @param of String
// @param asOf Int
// @returns type String
// @returns near List<String>
// @returns far List<List<String>>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
    WHERE type(r) = type AND r.since < $asOf AND $asOf <= r.until
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far
