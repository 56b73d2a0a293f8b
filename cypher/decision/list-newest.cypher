// The next decisions of each group below a position in (occurredAt, leafIndex), newest first, so many each at most and
// as many again of the position's own moment. Two seeks a group: many decisions may bear one time, and a page
// must not read all of them to find its place. The caller merges the groups.
// @mode read
// @param groups List<Int>
// @param asOf Int
// @param from Int
// @param afterTime Int
// @param afterLeaf Int
// @param first Int
// @returns number Int
// @returns id String
// @returns occurredAt Int
// @returns leafIndex Int
// @plan NodeIndexSeek
// @plan !Sort
// @plan !Top
UNWIND $groups AS number
CALL (number) {
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND p.occurredAt = $afterTime AND p.leafIndex < $afterLeaf
  WITH p
  ORDER BY p.group DESC, p.occurredAt DESC, p.leafIndex DESC
  LIMIT $first
  RETURN p
  UNION ALL
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND $from <= p.occurredAt < $afterTime AND p.leafIndex < $asOf
  WITH p
  ORDER BY p.group DESC, p.occurredAt DESC, p.leafIndex DESC
  LIMIT $first
  RETURN p
}
RETURN number, p.id AS id, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex
