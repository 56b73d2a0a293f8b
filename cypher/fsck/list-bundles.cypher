// The log's own bytes in leaf order, a few bundles at a time: what every entry made again from the graph is compared with.
// Nothing is taken for granted of what is stored, so the columns may hold anything.
// @mode read
// @param log String
// @param from Int
// @param first Int
// @returns start Int
// @returns props Map
// @plan NodeUniqueIndexSeek
// @plan !Sort
// @plan !Top
MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, start)
WHERE b.log = $log AND b.start >= $from
RETURN b.start AS start, properties(b) AS props
ORDER BY b.log, b.start
LIMIT $first
