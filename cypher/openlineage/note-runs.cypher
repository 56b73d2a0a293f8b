// When runs began and completed, and which versions they wrote and which data sets they read without saying the version,
// as far as their events say. In any order, and again, it comes to the same: MERGE, and times only ever move towards the
// earliest (completedLast: the latest) event. What was noted of a run before gets its times only where they changed. Setting the run to itself locks it,
// so that what is read of it afterwards is not changed by another server's events meanwhile.
// @mode write
// @param rows List<{run: String, at: Int, first: Int?, last: Int?, outputs: List<String>, written: List<String>, reads: List<String>, read: List<String>}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MERGE (t:RunTimes {run: row.run})
SET t.run = row.run
WITH row, t, t.startedAt AS at, t.completedAt AS first, t.completedLast AS last
SET t.startedAt = CASE WHEN at <= row.at THEN at ELSE row.at END,
  t.completedAt = CASE WHEN row.first IS NULL OR first <= row.first THEN first ELSE row.first END,
  t.completedLast = CASE WHEN row.last IS NULL OR last >= row.last THEN last ELSE row.last END
WITH row, t, at IS NOT NULL AS known, at <> t.startedAt OR coalesce(first, -1) <> coalesce(t.completedAt, -1)
  OR coalesce(last, -1) <> coalesce(t.completedLast, -1) AS moved
CALL (row, t) {
  UNWIND range(0, size(row.outputs) - 1) AS i
  MERGE (o:RunOutput {run: row.run, id: row.outputs[i]})
  ON CREATE SET o.dataset = row.written[i], o.completedAt = t.completedAt, o.completedLast = t.completedLast
}
CALL (row, t) {
  UNWIND range(0, size(row.reads) - 1) AS i
  MERGE (r:RunRead {run: row.run, id: row.reads[i]})
  ON CREATE SET r.dataset = row.read[i], r.startedAt = t.startedAt, r.completedAt = t.completedAt
}
WITH t, known, moved
WHERE known AND moved
CALL (t) {
  MATCH (o:RunOutput {run: t.run})
  SET o.completedAt = t.completedAt, o.completedLast = t.completedLast
}
CALL (t) {
  MATCH (r:RunRead {run: t.run})
  SET r.startedAt = t.startedAt, r.completedAt = t.completedAt
}
