// What speaks against some artifacts: failed checks, drift and incidents, newest first, at most so many each. The stored
// values are canonical JSON, in which a top-level member can be looked for as text; the caller reads them again.
// @mode read
// @param ids List<String>
// @param asOf Int
// @param first Int
// @returns id String
// @returns total Int
// @returns findings List<Map>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
MATCH (t:Attestation)-[r:ABOUT]->(a)
WHERE r.since < $asOf AND (t.type = 'INCIDENT'
  OR (t.type = 'CONTRACT_CHECK' AND t.values CONTAINS '"value/passed":false')
  OR (t.type = 'DRIFT' AND t.values CONTAINS '"value/drifted":true'))
WITH id, t
ORDER BY t.leafIndex DESC
WITH id, collect(properties(t)) AS findings
RETURN id, size(findings) AS total, findings[..$first] AS findings
