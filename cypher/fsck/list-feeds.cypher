// What is kept of some pairs of decision groups: since when one used the output of the other.
// @mode read
// @param rows List<{fed: Int, feeding: Int}>
// @returns fed Int
// @returns feeding Int
// @returns since Any?
// @plan NodeIndexSeek
UNWIND $rows AS row
MATCH (g:DecisionGroup {number: row.fed})-[f:FED_BY]->(:DecisionGroup {number: row.feeding})
RETURN row.fed AS fed, row.feeding AS feeding, f.since AS since
