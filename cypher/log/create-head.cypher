// Begins a log once; a server that starts later finds the head of the first and the key store it is pinned to.
// @mode write
// @param log String
// @param format Int
// @param keyStore String
MERGE (h:LogHead {log: $log})
ON CREATE SET h.size = 0, h.at = 0, h.nextSeq = 0, h.nextGroup = 0, h.format = $format, h.keyStore = $keyStore
