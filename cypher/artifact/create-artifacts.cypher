// New nodes, declared or placeholders: CREATE and not MERGE, because the lock is held and the ids were just looked up.
// The score goes beside the other properties so that a whole number stays a float.
// @mode write
// @param rows List<{kind: String, props: Map, score: Float?}>
UNWIND $rows AS row
CREATE (a:Artifact:$(row.kind))
SET a = row.props, a.score = row.score
