// Notes in the database that the log is signed, and under which name: where this is set and no signed head is known,
// the store of signed heads was lost, and signing anew could make a second history.
// @mode write
// @param log String
// @param origin String
MATCH (h:LogHead {log: $log})
SET h.origin = $origin
