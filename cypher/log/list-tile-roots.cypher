// The hashes of what some consecutive full tiles span: the hashes of the tile above them.
// @mode read
// @param log String
// @param level Int
// @param from Int
// @param to Int
// @returns index Int
// @returns root Bytes
// @plan NodeUniqueIndexSeek
MATCH (t:HashTile {log: $log, level: $level})
WHERE t.index >= $from AND t.index < $to
RETURN t.index AS index, t.root AS root
ORDER BY t.index
