// Which entry each of some leaf indexes belongs to, by the bundle that holds it.
// @mode read
// @param log String
// @param leaves List<Int>
// @returns leaf Int
// @returns id String?
// @plan NodeUniqueIndexSeek
UNWIND $leaves AS leaf
MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, start)
WHERE b.log = $log AND b.start <= leaf AND b.start > leaf - 256 AND leaf < b.start + b.count
RETURN leaf, b.ids[leaf - b.start] AS id
