// The log's own bytes in leaf order, a few bundles at a time: what every entry made again from the graph is compared with.
// @mode read
// @param log String
// @param from Int
// @param first Int
// @returns start Int
// @returns count Int
// @returns at Int
// @returns ids List<String>
// @returns bytes Bytes
// @plan NodeUniqueIndexSeek
// @plan !Sort
// @plan !Top
MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, start)
WHERE b.log = $log AND b.start >= $from
RETURN b.start AS start, b.count AS count, b.at AS at, b.ids AS ids, b.bytes AS bytes
ORDER BY b.log, b.start
LIMIT $first
