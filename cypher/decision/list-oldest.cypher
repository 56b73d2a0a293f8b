// The next decisions of each group above a position in (occurredAt, leafIndex), oldest first; list-newest the other way.
// @mode read
// @param groups List<Int>
// @param asOf Int
// @param to Int
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
  WHERE p.group = number AND p.occurredAt = $afterTime AND $afterLeaf < p.leafIndex < $asOf
  WITH p
  ORDER BY p.group, p.occurredAt, p.leafIndex
  LIMIT $first
  RETURN p
  UNION ALL
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND $afterTime < p.occurredAt < $to AND p.leafIndex < $asOf
  WITH p
  ORDER BY p.group, p.occurredAt, p.leafIndex
  LIMIT $first
  RETURN p
}
RETURN number, p.id AS id, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex
