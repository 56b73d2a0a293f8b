// The runs that were declared last, newest first: who declared each, when it happened and when it was recorded. So many are
// looked at and no more.
// @mode read
// @param asOf Int
// @param bound Int
// @returns id String
// @returns by String
// @returns occurredAt Int
// @returns recordedAt Int
// @plan NodeIndexSeekByRange
// @plan !Sort
MATCH (a:Transform)
WHERE a.leafIndex < $asOf
RETURN a.id AS id, a.by AS by, a.occurredAt AS occurredAt, a.recordedAt AS recordedAt
ORDER BY a.leafIndex DESC
LIMIT $bound
