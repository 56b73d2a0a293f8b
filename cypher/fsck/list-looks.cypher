// Whose reads are noted beside artifacts, by the leaf index of the read's intent.
// @mode read
// @param rows List<{artifact: String, intent: Int}>
// @returns artifact String
// @returns intent Int
// @returns requests List<Any>
// @plan NodeIndexSeek
UNWIND $rows AS row
RETURN row.artifact AS artifact, row.intent AS intent,
  COLLECT { MATCH (l:AccessLook) WHERE l.artifact = row.artifact AND l.intent = row.intent RETURN l.request } AS requests
