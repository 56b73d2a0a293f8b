// What was recorded from one leaf index up to but not including another: ids of artifacts and attestations, in log order.
// Bundles name their entries, so following the log needs no index on the leaf index of every node.
// @mode read
// @param log String
// @param from Int
// @param to Int
// @returns start Int
// @returns ids List<String>
// @plan NodeUniqueIndexSeek
MATCH (b:EntryBundle {log: $log})
WHERE b.start > $from - 256 AND b.start < $to
RETURN b.start AS start, b.ids AS ids
ORDER BY b.start
