// Keeps full tiles. They follow from the entries, so it does not matter which server stores them, or how often.
// @mode write
// @param log String
// @param tiles List<{level: Int, index: Int, bytes: Bytes, root: Bytes}>
UNWIND $tiles AS tile
MERGE (t:HashTile {log: $log, level: tile.level, index: tile.index})
SET t.bytes = tile.bytes, t.root = tile.root
