// Grants, newest first, before a leaf index, each with its revocation if there is one.
// @mode read
// @param before Int
// @param first Int
// @returns grant Map
// @returns revocation Map?
MATCH (g:AccessRecord)
WHERE g.phase = 'granted' AND g.leafIndex < $before
WITH g
ORDER BY g.phase DESC, g.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (v:AccessRecord {id: 'access:grant/' + g.request + '@revoked'})
RETURN properties(g) AS grant, properties(v) AS revocation
ORDER BY g.leafIndex DESC
