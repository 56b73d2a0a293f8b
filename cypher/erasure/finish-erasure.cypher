// The last step: what the log says about the erasure is committed. The first time counts. The certificate is read as of
// the tree that has the last of the entries; where there are none, as of the present one.
// @mode write
// @param log String
// @param kid String
// @param entries List<String>
// @plan NodeUniqueIndexSeek(Locking)
MATCH (e:Erasure {kid: $kid})
WHERE e.state <> 'ERASED'
MATCH (h:LogHead {log: $log})
OPTIONAL MATCH (t:Attestation {id: $entries[-1]})
SET e.state = 'ERASED', e.entries = $entries, e.asOf = coalesce(t.leafIndex + 1, h.size)
