// Nodes by id with all their properties; whether something visible names a node that is not declared is told apart,
// because a placeholder exists only as far as something points at it.
// @mode read
// @param ids List<String>
// @param asOf Int
// @returns id String
// @returns props Map
// @returns mentioned Boolean
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id, properties(a) AS props,
  EXISTS { (a)-[r]-() WHERE r.since < $asOf AND (r.until IS NULL OR $asOf <= r.until) } AS mentioned
