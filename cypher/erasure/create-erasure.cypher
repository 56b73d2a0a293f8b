// Marks a key as being erased. The log's lock is held: every write after this one sees the mark, every write before it
// is committed. Neither the subject nor anything that leads to it is here.
// @mode write
// @param log String
// @param props Map
MATCH (h:LogHead {log: $log})
SET h.erasures = coalesce(h.erasures, 0) + 1
CREATE (e:Erasure)
SET e = $props
