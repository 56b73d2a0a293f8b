// How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows from effect to cause.
// Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
// chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
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
// @returns labels List<String>
// @returns depth Int?
// @returns deepest Int
// @returns count Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
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
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth
