// The duty that turned an erasure into a restriction is over: the erasure begins. The log's lock is held.
// @mode write
// @param kid String
// @plan NodeUniqueIndexSeek(Locking)
MATCH (e:Erasure {kid: $kid})
WHERE e.state = 'RESTRICTED'
SET e.state = 'ERASING'
