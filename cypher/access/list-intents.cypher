// Reads, newest first, before a leaf index; in a time window, by anybody or by one principal.
// @mode read
// @param before Int
// @param by String?
// @param from Int
// @param to Int
// @param first Int
// @returns intent Map
// @returns outcome Map?
MATCH (i:AccessRecord)
WHERE i.phase = 'intent' AND i.leafIndex < $before
  AND ($by IS NULL OR i.by = $by) AND i.recordedAt >= $from AND i.recordedAt < $to
WITH i
ORDER BY i.phase DESC, i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome
ORDER BY i.leafIndex DESC
