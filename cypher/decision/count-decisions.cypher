// How many decisions each group had as of a point: the ordinal of its last one then, found by one seek from the end of
// the index. A group that had none yet is left out.
// @mode read
// @param groups List<Int>
// @param asOf Int
// @returns number Int
// @returns decisions Int
// @plan NodeIndexSeek
// @plan !Sort
// @plan !Top
UNWIND $groups AS number
CALL (number) {
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, leafIndex)
  WHERE p.group = number AND p.leafIndex < $asOf
  RETURN p.ordinal + 1 AS decisions
  ORDER BY p.group DESC, p.leafIndex DESC
  LIMIT 1
}
RETURN number, decisions
