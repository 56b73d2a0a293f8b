// Notes what others name before it is declared, so that it can be counted and listed without looking at everything.
// @mode write
// @param rows List<{id: String, kind: String, seq: Int}>
UNWIND $rows AS row
CREATE (:Awaited {id: row.id, kind: row.kind, seq: row.seq})
