// When runs began and completed, as far as their events say. Times only ever move towards the earliest (completedLast:
// the latest) event, so that every order of the same events ends with the same times.
// @mode write
// @param rows List<{run: String, at: Int, first: Int?, last: Int?}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MERGE (r:RunTimes {run: row.run})
SET r.startedAt = CASE WHEN r.startedAt <= row.at THEN r.startedAt ELSE row.at END,
  r.completedAt = CASE WHEN row.first IS NULL OR r.completedAt <= row.first THEN r.completedAt ELSE row.first END,
  r.completedLast = CASE WHEN row.last IS NULL OR r.completedLast >= row.last THEN r.completedLast ELSE row.last END
