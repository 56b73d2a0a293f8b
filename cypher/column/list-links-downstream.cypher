// The links by which the lineage of each of some columns goes on, by name, at most so many each: from a column to those that were made from it.
// @mode read
// @param keys List<String>
// @param asOf Int
// @param first Int
// @returns key String
// @returns total Int
// @returns links List<{dataset: String, column: String, transformation: String, masking: Boolean}>
// @plan NodeUniqueIndexSeek
UNWIND $keys AS key
MATCH (f:Field {key: key})
CALL (f) {
  MATCH (f)<-[r:FIELD_FROM]-(g:Field)
  WHERE r.since < $asOf
  WITH r, g
  ORDER BY g.dataset, g.column, r.transformation, r.masking
  WITH collect({dataset: g.dataset, column: g.column, transformation: r.transformation, masking: r.masking}) AS links
  RETURN size(links) AS total, links[..$first] AS links
}
RETURN key, total, links
