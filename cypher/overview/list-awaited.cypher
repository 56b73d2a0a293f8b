// What others name and nobody has declared: of each kind how many, up to a bound, and the newest.
// @mode read
// @param kinds List<String>
// @param bound Int
// @param first Int
// @returns kind String
// @returns count Int
// @returns newest List<{id: String, seq: Int}>
// @plan NodeIndexSeek
UNWIND $kinds AS kind
CALL (kind) {
  MATCH (w:Awaited {kind: kind})
  WITH w LIMIT $bound
  RETURN count(w) AS count
}
CALL (kind) {
  MATCH (w:Awaited {kind: kind})
  WHERE w.seq >= 0
  WITH w ORDER BY w.seq DESC LIMIT $first
  RETURN collect({id: w.id, seq: w.seq}) AS newest
}
RETURN kind, count, newest
