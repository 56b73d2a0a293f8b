// How often entries are tied to their further keys: it should be once.
// @mode read
// @param rows List<{kid: String, id: String}>
// @returns kid String
// @returns id String
// @returns count Int
// @plan NodeIndexSeek
UNWIND $rows AS row
RETURN row.kid AS kid, row.id AS id, COUNT { MATCH (s:SealedUnder) WHERE s.kid = row.kid AND s.id = row.id } AS count
