// The size of the log as committed; a read of it fixes the as-of point of an answer.
// @mode read
// @param log String
// @returns size Int
// @returns at Int
// @returns format Int
// @returns keyStore String
// @returns origin String?
MATCH (h:LogHead {log: $log})
RETURN h.size AS size, h.at AS at, h.format AS format, h.keyStore AS keyStore, h.origin AS origin
