// The decisions of a group in log order, a page at a time: their ordinals must count up from 0 without a gap.
// @mode read
// @param group Int
// @param from Int
// @param first Int
// @returns id String
// @returns leafIndex Int
// @returns ordinal Any?
// @plan NodeIndexSeek
// @plan !Sort
// @plan !Top
MATCH (p:Prediction)
USING INDEX p:Prediction(group, leafIndex)
WHERE p.group = $group AND p.leafIndex >= $from
RETURN p.id AS id, p.leafIndex AS leafIndex, p.ordinal AS ordinal
ORDER BY p.group, p.leafIndex
LIMIT $first
