// Which reads are noted beside artifacts, and of whom the values were, by the leaf index of the read's intent.
// @mode read
// @param rows List<{artifact: String, intent: Int}>
// @returns artifact String
// @returns intent Int
// @returns looks List<Any>
// @plan NodeIndexSeek
UNWIND $rows AS row
RETURN row.artifact AS artifact, row.intent AS intent,
  COLLECT { MATCH (l:AccessLook) WHERE l.artifact = row.artifact AND l.intent = row.intent RETURN {request: l.request, subject: l.subject} } AS looks
