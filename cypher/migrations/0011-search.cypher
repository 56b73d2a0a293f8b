// Finding by name, owner or column: one term for each, found by any part of its text.
CREATE CONSTRAINT search_term IF NOT EXISTS FOR (t:SearchTerm) REQUIRE (t.match, t.kind, t.namespace, t.name, t.text) IS UNIQUE;
CREATE TEXT INDEX search_text IF NOT EXISTS FOR (t:SearchTerm) ON (t.text);
// The names that were declared last.
CREATE INDEX search_newest IF NOT EXISTS FOR (t:SearchTerm) ON (t.leafIndex);
// What others name and nobody has declared, newest first.
CREATE CONSTRAINT awaited_id IF NOT EXISTS FOR (w:Awaited) REQUIRE w.id IS UNIQUE;
CREATE INDEX awaited_kind IF NOT EXISTS FOR (w:Awaited) ON (w.kind, w.seq);
// Attestations newest first: all, those of a type, and those that speak against what they are about.
CREATE INDEX attestation_newest IF NOT EXISTS FOR (t:Attestation) ON (t.leafIndex);
CREATE INDEX attestation_type IF NOT EXISTS FOR (t:Attestation) ON (t.type, t.leafIndex);
CREATE INDEX attestation_finding IF NOT EXISTS FOR (t:Attestation) ON (t.finding, t.leafIndex);
// Runs newest first.
CREATE INDEX transform_newest IF NOT EXISTS FOR (a:Transform) ON (a.leafIndex);
// What was recorded before this. The head is locked first, so that nothing is written between search and mark. The values
// of an attestation are canonical JSON, in which a top-level member can be looked for as text.
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (t:Attestation)
WHERE t.type = 'INCIDENT'
  OR (t.type = 'CONTRACT_CHECK' AND t.values CONTAINS '"value/passed":false')
  OR (t.type = 'DRIFT' AND t.values CONTAINS '"value/drifted":true')
SET t.finding = true;
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (a:Artifact) WHERE a.declared = false
MERGE (w:Awaited {id: a.id})
SET w.seq = a.seq, w.kind = head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]);
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (a:Dataset|Transform|FeatureDef|Model)
WITH head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]) AS kind, a ORDER BY a.leafIndex DESC, a.seq
WITH kind, a.namespace AS namespace, a.name AS name, collect(CASE WHEN a.declared THEN a END)[0] AS newest, min(a.seq) AS seq, collect(a.id)[0] AS id
MERGE (t:SearchTerm {match: 'NAME', kind: kind, namespace: namespace, name: name, text: toLower(namespace + '/' + name)})
SET t.since = 0, t.shown = name, t.first = id, t.newest = newest.id, t.leafIndex = newest.leafIndex;
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (a:Dataset|Transform|FeatureDef|Model) WHERE a.owner IS NOT NULL
WITH DISTINCT head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]) AS kind, a.namespace AS namespace, a.name AS name, left(a.owner, 500) AS owner
MERGE (t:SearchTerm {match: 'OWNER', kind: kind, namespace: namespace, name: name, text: toLower(owner)})
SET t.since = 0, t.shown = owner;
// A column names its data set or its feature by an id without a version; an artifact that has this id tells its parts.
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (f:Field) WHERE f.column <> '*'
CALL (f) {
  MATCH (a:Artifact) WHERE a.id STARTS WITH f.dataset + '@'
  RETURN a LIMIT 1
}
MERGE (t:SearchTerm {match: 'COLUMN', kind: head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]), namespace: a.namespace, name: a.name, text: toLower(left(f.column, 500))})
SET t.since = f.since, t.shown = left(f.column, 500);
