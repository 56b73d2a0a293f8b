// The bundles that hold the leaves from one index up to but not including another, in order, by the constraint's index.
// @mode read
// @param log String
// @param from Int
// @param to Int
// @returns start Int
// @returns count Int
// @returns bytes Bytes
// @plan NodeUniqueIndexSeek
MATCH (b:EntryBundle {log: $log})
WHERE b.start >= $from AND b.start < $to
RETURN b.start AS start, b.count AS count, b.bytes AS bytes
ORDER BY b.start
