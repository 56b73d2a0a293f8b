// The numbers of some decision groups by key, for decisions that say which group they were put into.
// @mode read
// @param keys List<String>
// @returns key String
// @returns number Int
// @plan NodeUniqueIndexSeek
UNWIND $keys AS key
MATCH (g:DecisionGroup {key: key})
RETURN key, g.number AS number
