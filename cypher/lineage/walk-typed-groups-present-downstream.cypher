// walk-groups-present-downstream for walks along some types of edges. Follows the arrows backwards.
// In a statement of its own, because looking at the type of every edge costs as much again as the walk; looking at types
// and intervals costs more than twice that. Types cannot be a parameter of the pattern: Neo4j 5.26 takes $any(…) there
// and then follows all edges.
// No interval is looked at, which halves the cost; count-present-downstream says when that may be. If it may not, there is no
// row. The page is one list, so that an empty one is told apart from that.
// @mode read
// @param log String
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param edges List<String>
// @param kinds List<String>?
// @param namespaces List<String>?
// @param occurredFrom Int?
// @param occurredTo Int?
// @param classifications List<String>?
// @param declared Boolean?
// @param runStates List<String>?
// @param byDepth Boolean
// @param afterDepth Int
// @param afterSeq Int
// @param first Int
// @returns page List<{kind: String, namespace: String, name: String, depth: Int, deepest: Int, seq: Int, id: String, oldestDepth: Int, count: Int}>
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE type(x) IN $edges)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN isWanted THEN a.namespace END AS namespace, CASE WHEN isWanted THEN a.name END AS name, a, depth,
  CASE WHEN isWanted AND $byDepth THEN depth END AS level
WITH kind, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH collect({kind: kind, namespace: namespace, name: name, depth: depth, deepest: deepest, seq: oldest[0], id: oldest[1],
  oldestDepth: oldest[2], count: count}) AS groups
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN groups WHERE row.kind = 'Amended')
CALL (groups) {
  UNWIND groups AS row
  WITH row, row.depth AS depth, row.seq AS seq
  WHERE row.kind <> 'None' AND (depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq))
  WITH row ORDER BY depth, seq LIMIT $first
  RETURN collect(row) AS page
}
RETURN page
