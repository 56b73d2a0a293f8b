// All notes of who looked at which artifact, a page at a time, each with what the read's outcome says.
// @mode read
// @param artifact String
// @param intent Int
// @param first Int
// @returns artifact String
// @returns intent Int
// @returns props Map
// @returns outcome Map?
// @plan !Sort
// @plan !Top
MATCH (l:AccessLook)
WHERE l.artifact >= $artifact AND l.intent >= 0 AND (l.artifact > $artifact OR l.intent > $intent)
WITH l
ORDER BY l.artifact, l.intent
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + l.request + '@outcome'})
RETURN l.artifact AS artifact, l.intent AS intent, properties(l) AS props, properties(o) AS outcome
ORDER BY artifact, intent
