// The newest key that the log has values under: a key store that has made fewer is an older copy, and keys are lost.
// @mode write
// @param log String
// @param serial Int
// @plan NodeUniqueIndexSeek(Locking)
MATCH (h:LogHead {log: $log})
SET h.keySerial = $serial
