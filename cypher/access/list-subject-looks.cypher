// Reads that returned values of one person, newest first, before a leaf index, each with the artifacts where they stood.
// @mode read
// @param subjects List<String>
// @param before Int
// @param from Int
// @param to Int
// @param first Int
// @returns intent Map
// @returns outcome Map?
// @returns artifacts List<String>
// @plan NodeIndexSeek
MATCH (l:AccessLook)
WHERE l.subject IN $subjects AND l.intent < $before
WITH l.intent AS leafIndex, collect(DISTINCT l.artifact) AS artifacts
MATCH (i:AccessRecord {phase: 'intent', leafIndex: leafIndex})
WHERE i.recordedAt >= $from AND i.recordedAt < $to
WITH i, artifacts
ORDER BY i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome, artifacts
ORDER BY i.leafIndex DESC
