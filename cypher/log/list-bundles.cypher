// The leaves from one index up to but not including another: the bundles that hold them, in order. A bundle lies within
// one multiple of 256, so one that begins before `from` begins less than 256 before it.
// @mode read
// @param log String
// @param from Int
// @param to Int
// @returns start Int
// @returns bytes Bytes
// @plan NodeUniqueIndexSeek
MATCH (b:EntryBundle {log: $log})
WHERE b.start > $from - 256 AND b.start < $to
RETURN b.start AS start, b.bytes AS bytes
ORDER BY b.start
