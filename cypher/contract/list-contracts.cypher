// The contracts that were declared for any version of a data set, newest first. There are few contracts and many versions,
// so that this begins at the contracts. The index is named, or a planner that expects few attestations reads all of them.
// @mode read
// @param prefix String
// @param asOf Int
// @param first Int
// @returns total Int
// @returns contracts List<Map>
// @plan NodeIndexSeek
MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(type, leafIndex)
WHERE t.type = 'CONTRACT' AND t.leafIndex < $asOf
  AND EXISTS { MATCH (t)-[about:ABOUT]->(a:Artifact) WHERE about.since < $asOf AND a.id STARTS WITH $prefix }
WITH t ORDER BY t.leafIndex DESC
WITH collect(properties(t)) AS contracts
RETURN size(contracts) AS total, contracts[..$first] AS contracts
