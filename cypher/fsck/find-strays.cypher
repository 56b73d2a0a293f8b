// Nodes that no page of a check can come upon: without the property that they are found by, under another label as well,
// tied to anything where nothing should be, or beyond the end of their log. One scan of each label.
// @mode read
// @param logs List<String>
// @param first Int
// @returns labels List<String>
// @returns props Map
CALL () {
  MATCH (n:Artifact) WHERE NOT n.id IS :: STRING NOT NULL RETURN n
  UNION ALL
  MATCH (n:Attestation) WHERE NOT n.id IS :: STRING NOT NULL RETURN n
  UNION ALL
  MATCH (n:DecisionGroup) WHERE NOT n.number IS :: INTEGER NOT NULL OR n.number < 0 OR size(labels(n)) > 1 RETURN n
  UNION ALL
  MATCH (n:Field) WHERE NOT n.key IS :: STRING NOT NULL OR size(labels(n)) > 1 RETURN n
  UNION ALL
  MATCH (n:LogHead) WHERE NOT coalesce(n.log IN $logs, false) OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:Erasure) WHERE NOT n.kid IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:SealedUnder)
  WHERE NOT n.kid IS :: STRING NOT NULL OR NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:RunTimes) WHERE NOT n.run IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:RunOutput|RunRead)
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() } OR NOT n.run IS :: STRING NOT NULL
    OR NOT EXISTS { MATCH (t:RunTimes) WHERE t.run = n.run }
  RETURN n
  UNION ALL
  MATCH (n:AccessRecord) WHERE NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:AccessLook)
  WHERE NOT n.artifact IS :: STRING NOT NULL OR NOT n.intent IS :: INTEGER NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:SearchTerm)
  WHERE any(part IN [n.match, n.kind, n.namespace, n.name, n.text] WHERE NOT part IS :: STRING NOT NULL)
    OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:Awaited) WHERE NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:EntryBundle)
  OPTIONAL MATCH (h:LogHead {log: n.log})
  WITH n, h
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() }
    OR NOT coalesce(n.start IS :: INTEGER NOT NULL AND n.start >= 0 AND n.start < h.size, false)
  RETURN n
  UNION ALL
  MATCH (n:HashTile)
  OPTIONAL MATCH (h:LogHead {log: n.log})
  WITH n, h
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() }
    OR NOT coalesce(n.level IS :: INTEGER NOT NULL AND n.index IS :: INTEGER NOT NULL AND n.level >= 0 AND n.index >= 0
      AND (n.index + 1) * 256 ^ (n.level + 1) <= h.size, false)
  RETURN n
}
WITH DISTINCT n
LIMIT $first
RETURN labels(n) AS labels, properties(n) AS props
