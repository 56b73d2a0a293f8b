// The unversioned reads whose answer some runs may change, each with the version that it should be bound to and the
// one that it is. Should be: the latest version completed at or before the reading run's start, never its own. Where
// a run began and completed in the same moment as another, the smaller id counts as earlier, so that no cycle arises.
// Only reads up to the next completed version after a run's own can change through that run.
// @mode read
// @param runs List<String>
// @param open Int
// @returns read String
// @returns run String
// @returns startedAt Int
// @returns target String?
// @returns current String?
// @returns since Int?
// @plan !NodeByLabelScan
UNWIND $runs AS run
CALL (run) {
  MATCH (read:RunRead {run: run})
  RETURN read
  UNION
  MATCH (o:RunOutput {run: run})
  WHERE o.completedAt IS NOT NULL
  CALL (o) {
    MATCH (later:RunOutput {dataset: o.dataset})
    WHERE later.completedAt > o.completedLast
    WITH later.completedAt AS time
    ORDER BY time
    LIMIT 1
    RETURN head(collect(time)) AS next
  }
  MATCH (read:RunRead {dataset: o.dataset})
  WHERE read.startedAt >= o.completedAt AND read.startedAt <= coalesce(next, $open)
  RETURN read
}
WITH DISTINCT read
CALL (read) {
  MATCH (o:RunOutput {dataset: read.dataset})
  WHERE o.completedAt <= read.startedAt AND o.run <> read.run AND (
    o.completedAt < read.startedAt OR read.completedAt IS NULL OR read.completedAt > read.startedAt
    OR o.run < read.run
  )
  WITH o
  ORDER BY o.completedAt DESC, o.run DESC, o.id DESC
  LIMIT 1
  RETURN head(collect(o.id)) AS target
}
OPTIONAL MATCH (:Artifact {id: read.id})-[b:RESOLVED_TO {until: $open}]->(bound:Artifact)
RETURN read.id AS read, read.run AS run, read.startedAt AS startedAt, target, bound.id AS current, b.since AS since
ORDER BY read, since
