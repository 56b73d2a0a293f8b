// Forgets all tiles of a log, so that they are made again from its entries.
// @mode write
// @param log String
MATCH (t:HashTile {log: $log})
DELETE t
