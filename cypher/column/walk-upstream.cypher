// One page of a closure of columns, nearest first, then by name: from a column to those it was made from.
// The plane of columns may have circles (a job that rewrites its own table); the pruning walk visits each column once.
// @mode read
// @param of String
// @param asOf Int
// @param maxDepth Int
// @param skip Int
// @param first Int
// @returns key String
// @returns dataset String
// @returns column String
// @returns depth Int
// @plan VarLengthExpand(Pruning,BFS,All)
MATCH (n:Field {key: $of})
MATCH q = (n)-[r:FIELD_FROM*1..]->(f:Field)
WHERE all(x IN r WHERE x.since < $asOf)
WITH f, min(length(q)) AS depth
WHERE depth <= $maxDepth AND f.key <> $of
WITH f.key AS key, f.dataset AS dataset, f.column AS column, depth
ORDER BY depth, dataset, column
SKIP $skip
LIMIT $first
RETURN key, dataset, column, depth
