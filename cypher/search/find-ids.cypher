// Artifacts whose ids lie between two texts, in the order of their ids, which is the order of the index: so a page deep in
// a long list costs as much as the first. A placeholder exists as far as something points at it.
// @mode read
// @param from String
// @param end String
// @param after String
// @param asOf Int
// @param first Int
// @returns id String
// @plan NodeUniqueIndexSeekByRange
// @plan !Sort
// @plan !Top
MATCH (a:Artifact)
WHERE a.id >= $from AND a.id < $end AND a.id <> $after
  AND (a.leafIndex < $asOf OR EXISTS { (a)-[r]-() WHERE r.since < $asOf AND (r.until IS NULL OR $asOf <= r.until) })
RETURN a.id AS id
ORDER BY a.id
LIMIT $first
