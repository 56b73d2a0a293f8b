// The decision groups that a batch adds to, with their present size: the next ordinal.
// @mode read
// @param keys List<String>
// @returns key String
// @returns number Int
// @returns size Int
// @plan NodeUniqueIndexSeek
UNWIND $keys AS key
MATCH (g:DecisionGroup {key: key})
RETURN g.key AS key, g.number AS number, g.size AS size
