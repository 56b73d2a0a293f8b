// Of some names what was mentioned first and which version is the newest, from the artifacts themselves. What comes beyond
// the size came while the check runs.
// @mode read
// @param names List<String>
// @param size Int
// @returns of String
// @returns first String?
// @returns newest String?
// @returns leafIndex Any?
// @plan NodeUniqueIndexSeekByRange
UNWIND $names AS of
CALL (of) {
  MATCH (a:Artifact)
  WHERE a.id STARTS WITH of + '@'
  RETURN min([a.seq, a.id])[1] AS first, max(CASE WHEN a.leafIndex < $size THEN [a.leafIndex, a.id] END) AS last
}
RETURN of, first, last[1] AS newest, last[0] AS leafIndex
