// One page of a closure with versions and runs of one name taken together, at one depth or at all of them, in the order
// (nearest depth, first mention), after a given position. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
// groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
// Grouped on the database: a job that ran a million times is one row. Every node is in one group, so counts add up.
// The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
// says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
// first final state that one of its events gave it.
// @mode read
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param edges List<String>?
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
// @returns labels List<String>
// @returns namespace String
// @returns name String
// @returns depth Int
// @returns deepest Int
// @returns seq Int
// @returns id String
// @returns oldestDepth Int
// @returns count Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
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
  }), 'UNFINISHED') IN $runStates))
WITH [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace, a.name AS name, a, depth,
  CASE WHEN $byDepth THEN depth END AS level
WITH labels, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH labels, namespace, name, depth, deepest, oldest[0] AS seq, oldest[1] AS id, oldest[2] AS oldestDepth, count
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
RETURN labels, namespace, name, depth, deepest, seq, id, oldestDepth, count
ORDER BY depth, seq
LIMIT $first
