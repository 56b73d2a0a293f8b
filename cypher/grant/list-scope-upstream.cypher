// What a grant's roots lead to, each once, with what decides whether its holder may see it and what a filter of lineage
// looks at; in no order. Follows the arrows from effect to cause.
// What a node says about itself is returned only if it was declared by then: before that it was a placeholder.
// @mode read
// @param roots List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @returns labels List<String>
// @returns namespace String
// @returns name String
// @returns leafIndex Int?
// @returns digest String?
// @returns occurredAt Int?
// @returns classification String?
// @returns runState String?
// @plan VarLengthExpand(Pruning,BFS,All)
UNWIND $roots AS root
MATCH (n:Artifact {id: root})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
LIMIT $first
WITH a, coalesce(a.leafIndex < $asOf, false) AS declared
RETURN a.id AS id, [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace,
  a.name AS name,
  CASE WHEN declared THEN a.leafIndex END AS leafIndex,
  CASE WHEN declared THEN a.digest END AS digest,
  CASE WHEN declared THEN a.occurredAt END AS occurredAt,
  CASE WHEN declared THEN a.classification END AS classification,
  CASE WHEN a:Transform THEN coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') END AS runState
