// Which of some runs something is noted of.
// @mode read
// @param runs List<String>
// @returns run String
// @plan NodeUniqueIndexSeek
UNWIND $runs AS run
MATCH (t:RunTimes {run: run})
RETURN t.run AS run
