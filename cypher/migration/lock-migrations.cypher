// One server migrates at a time: the others wait here, at the write lock of this node, until it has committed.
// @mode write
MERGE (m:Migration {name: 'lock'})
SET m.locked = true
