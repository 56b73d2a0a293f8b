// Kept tiles by their places, to be compared with those that the entries make.
// @mode read
// @param log String
// @param tiles List<{level: Int, index: Int}>
// @returns level Int
// @returns index Int
// @returns props Map
// @plan NodeUniqueIndexSeek
UNWIND $tiles AS tile
MATCH (t:HashTile {log: $log, level: tile.level, index: tile.index})
RETURN tile.level AS level, tile.index AS index, properties(t) AS props
