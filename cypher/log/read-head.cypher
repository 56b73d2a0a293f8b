// The size of the log as committed; a read of it fixes the as-of point of an answer. It is the end of the last bundle
// that the index knows, and not the head's own size: a reader may meet a transaction while Neo4j is applying it, and then
// the new size could be seen before all of its edges. Indexes are applied after the records of a transaction, so what an
// index knows is there with everything that was committed with it.
// @mode read
// @param log String
// @returns size Int
// @returns at Int
// @returns format Int
// @returns keyStore String
// @returns origin String?
// @plan NodeIndexSeek
// @plan !Sort
// @plan !Top
MATCH (h:LogHead {log: $log})
CALL () {
  OPTIONAL MATCH (b:EntryBundle)
  USING INDEX b:EntryBundle(log, at, start)
  WHERE b.log = $log AND b.at >= 0 AND b.start >= 0
  WITH b
  ORDER BY b.log DESC, b.at DESC, b.start DESC
  LIMIT 1
  RETURN coalesce(b.start + b.count, 0) AS size, coalesce(b.at, 0) AS at
}
RETURN size, at, h.format AS format, h.keyStore AS keyStore, h.origin AS origin
