// The hashes of one full tile; none if it has not been stored, for it follows from the entries.
// @mode read
// @param log String
// @param level Int
// @param index Int
// @returns bytes Bytes
// @plan NodeUniqueIndexSeek
MATCH (t:HashTile {log: $log, level: $level, index: $index})
RETURN t.bytes AS bytes
