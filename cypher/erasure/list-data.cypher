// The data sets that a person's decisions were made from, and everything that those came from, as of a point: where rows
// of that person lie or lay. Nearest first is not known here; the order is that of first mention.
// @mode read
// @param kid String
// @param asOf Int
// @param first Int
// @returns id String
// @returns location String?
// @plan NodeIndexSeek
// @plan !NodeByLabelScan
// @plan VarLengthExpand(Pruning,BFS,All)
CALL () {
  MATCH (p:Artifact) WHERE p.kid = $kid AND p.id > ''
  RETURN p
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (p:Artifact {id: s.id})
  RETURN p
}
MATCH (p)-[s:SCORED]->(d:Dataset)
WHERE s.since < $asOf AND $asOf <= s.until
WITH DISTINCT d
MATCH (d)-[r:PRODUCED_BY|READ|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
WHERE a:Dataset
RETURN a.id AS id, a.location AS location
ORDER BY a.seq
LIMIT $first
