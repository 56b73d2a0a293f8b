// How many decisions of each group were decided in a window of time, as known as of a point. Only the index is read;
// the cost is the number of decisions in the window.
// @mode read
// @param groups List<Int>
// @param asOf Int
// @param from Int
// @param to Int
// @returns number Int
// @returns decisions Int
// @plan NodeIndexSeek
UNWIND $groups AS number
MATCH (p:Prediction)
USING INDEX p:Prediction(group, occurredAt, leafIndex)
WHERE p.group = number AND p.occurredAt >= $from AND p.occurredAt < $to AND p.leafIndex < $asOf
RETURN number, count(*) AS decisions
