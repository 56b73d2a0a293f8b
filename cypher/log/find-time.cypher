// The tree size as of a time. A bundle is written in one transaction, so all its leaves were recorded at one moment and
// the last bundle up to that time gives the size exactly. The hint makes it a seek from the end of the index.
// @mode read
// @param log String
// @param at Int
// @returns size Int
// @plan NodeIndexSeek
MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, at, start)
WHERE b.log = $log AND b.at <= $at AND b.start >= 0
RETURN b.start + b.count AS size
ORDER BY b.log DESC, b.at DESC, b.start DESC
LIMIT 1
