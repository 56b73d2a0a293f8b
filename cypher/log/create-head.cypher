// Begins a log once; a server that starts later finds the head of the first and the key store it is pinned to.
// "inOrder" says whether the database lets a new size of the head be seen before the edges that come with it, which the
// walks of the present graph build on. The record store of the Community Edition does: it applies changed properties
// before changed relationships and nodes (TransactionRecordState.extractCommands). Of other stores nothing is assumed.
// @mode write
// @param log String
// @param format Int
// @param keyStore String
CALL dbms.components() YIELD edition
WITH any(edition IN collect(edition) WHERE edition = 'community') AS community
MERGE (h:LogHead {log: $log})
ON CREATE SET h.size = 0, h.at = 0, h.nextSeq = 0, h.nextGroup = 0, h.format = $format, h.keyStore = $keyStore
SET h.inOrder = community
