// What was attested as a summary of some data sets or models: profiles, drift and checks hold no value of one person.
// @mode read
// @param ids List<String>
// @param asOf Int
// @returns type String
// @returns count Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[r:ABOUT]-(t:Attestation)
WHERE r.since < $asOf AND t.type IN ['DATA_PROFILE', 'DRIFT', 'CONTRACT_CHECK']
RETURN t.type AS type, count(DISTINCT t) AS count
ORDER BY type
