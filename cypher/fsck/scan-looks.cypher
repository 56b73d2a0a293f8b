// All notes of who looked at which artifact, those of one read together, a page at a time, each with what the read's outcome
// says.
// @mode read
// @param artifact String
// @param intent Int
// @param first Int
// @returns artifact String
// @returns intent Int
// @returns looks List<Map>
// @returns outcome Map?
// @plan !Sort
// @plan !Top
MATCH (l:AccessLook)
WHERE l.artifact >= $artifact AND l.intent >= 0 AND (l.artifact > $artifact OR l.intent > $intent)
WITH l.artifact AS artifact, l.intent AS intent, collect(properties(l)) AS looks
ORDER BY artifact, intent
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + looks[0].request + '@outcome'})
RETURN artifact, intent, looks, properties(o) AS outcome
ORDER BY artifact, intent
