// All notes of what is awaited, by id, a page at a time, each with what the graph says of its artifact.
// @mode read
// @param after String
// @param first Int
// @returns id String
// @returns props Map
// @returns artifact Map?
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (w:Awaited)
WHERE w.id > $after
WITH w
ORDER BY w.id
LIMIT $first
OPTIONAL MATCH (a:Artifact {id: w.id})
RETURN w.id AS id, properties(w) AS props,
  CASE WHEN a IS NULL THEN NULL ELSE {seq: a.seq, digest: a.digest, leafIndex: a.leafIndex} END AS artifact
ORDER BY id
