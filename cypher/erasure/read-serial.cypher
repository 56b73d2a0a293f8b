// The newest key that the log has values under; 0 if none.
// @mode read
// @param log String
// @returns serial Int
MATCH (h:LogHead {log: $log})
RETURN coalesce(h.keySerial, 0) AS serial
