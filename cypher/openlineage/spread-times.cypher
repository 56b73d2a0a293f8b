// Copies the times of runs to what they wrote and read, where the indexes by data set and time are.
// @mode write
// @param runs List<String>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $runs AS run
MATCH (t:RunTimes {run: run})
CALL (t) {
  MATCH (o:RunOutput {run: t.run})
  SET o.completedAt = t.completedAt, o.completedLast = t.completedLast
}
CALL (t) {
  MATCH (r:RunRead {run: t.run})
  SET r.startedAt = t.startedAt, r.completedAt = t.completedAt
}
