// Notes on a group that an attestation changed what one of its decisions was made by or from: the group's count says
// then what could be affected, no longer exactly what is. ALSO_OF leads to the group from what was added.
// @mode write
// @param ids List<String>
// @param open Int
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (p:Artifact {id: id})-[r:MADE_BY|SCORED]->(a:Artifact)
WHERE p.group IS NOT NULL AND (r.since <> p.leafIndex OR r.until <> $open)
MATCH (g:DecisionGroup {number: p.group})
UNWIND [r.since, p.leafIndex] AS leaf
WITH g, a, r, max(leaf) AS known
WITH g, a, CASE WHEN r.until = $open THEN known ELSE r.until END AS since
SET g.amendedSince = CASE WHEN since < g.amendedSince THEN since ELSE coalesce(g.amendedSince, since) END
MERGE (g)-[also:ALSO_OF]->(a)
ON CREATE SET also.since = since
