// Reads that returned personal values of some artifacts, newest first, before a leaf index.
// @mode read
// @param artifacts List<String>
// @param before Int
// @param by String?
// @param from Int
// @param to Int
// @param first Int
// @returns intent Map
// @returns outcome Map?
// @plan NodeIndexSeek
MATCH (l:AccessLook)
WHERE l.artifact IN $artifacts AND l.intent < $before
WITH DISTINCT l.intent AS leafIndex
MATCH (i:AccessRecord {phase: 'intent', leafIndex: leafIndex})
WHERE ($by IS NULL OR i.by = $by) AND i.recordedAt >= $from AND i.recordedAt < $to
WITH i
ORDER BY i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome
ORDER BY i.leafIndex DESC
