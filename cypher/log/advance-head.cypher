// Moves the head past the entries of this transaction; the lock taken at its beginning is still held.
// @mode write
// @param log String
// @param size Int
// @param at Int
// @param nextSeq Int
// @param nextGroup Int
MATCH (h:LogHead {log: $log})
SET h.size = $size, h.at = $at, h.nextSeq = $nextSeq, h.nextGroup = $nextGroup
