// Which artifacts' personal values a read returned: nodes of their own, so that no reader waits for a writer's locks on
// an artifact, and none for a reader's. They hold the leaf index of the read's intent, and of whom the values were: one
// node for each person, who is not named (src/ledger/keys, subjectMark).
// @mode write
// @param rows List<{artifact: String, request: String, intent: Int, subject: String?}>
UNWIND $rows AS row
CREATE (l:AccessLook)
SET l = row
