// Links between columns, each of which should be there once.
// @mode read
// @param rows List<{from: String, to: String, transformation: String, masking: Boolean}>
// @returns from String
// @returns to String
// @returns transformation String
// @returns masking Boolean
// @returns sinces List<Any>
// @plan NodeUniqueIndexSeek
UNWIND $rows AS row
MATCH (f:Field {key: row.from})
RETURN row.from AS from, row.to AS to, row.transformation AS transformation, row.masking AS masking,
  [(f)-[r:FIELD_FROM {transformation: row.transformation, masking: row.masking}]->(:Field {key: row.to}) | r.since] AS sinces
