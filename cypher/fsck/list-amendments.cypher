// The edges by which some decisions were made that another entry stated or ended, and what their groups keep of it.
// @mode read
// @param ids List<String>
// @param open Int
// @returns group Int
// @returns to String
// @returns leaf Int
// @returns since Int
// @returns until Int
// @returns amendedSince Any?
// @returns also List<Any>
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
MATCH (p:Artifact {id: id})-[r:MADE_BY|SCORED]->(a:Artifact)
WHERE p.group IS NOT NULL AND (r.since <> p.leafIndex OR r.until <> $open)
MATCH (g:DecisionGroup {number: p.group})
RETURN p.group AS group, a.id AS to, p.leafIndex AS leaf, r.since AS since, r.until AS until,
  g.amendedSince AS amendedSince, [(g)-[s:ALSO_OF]->(a) | s.since] AS also
