// Which artifacts' personal values a read returned: nodes of their own, so that no reader waits for a writer's locks on
// an artifact, and none for a reader's. They hold the leaf index of the read's intent.
// @mode write
// @param rows List<{artifact: String, request: String, intent: Int}>
UNWIND $rows AS row
CREATE (l:AccessLook)
SET l = row
