// Attestations name the artifacts that their edges leave. Those recorded before learn it from the edges themselves: an
// edge that its artifact's own entry does not state is stated by the attestation of its leaf index.
MATCH (a:Artifact)-[r]->(:Artifact)
WHERE r.since IS NOT NULL AND (a.leafIndex IS NULL OR a.leafIndex <> r.since)
WITH r.since AS leaf, a.id AS source
ORDER BY leaf, source
WITH leaf, collect(DISTINCT source) AS sources
MATCH (b:EntryBundle {log: 'lineage'})
WHERE b.start <= leaf AND leaf < b.start + b.count AND b.start > leaf - 256
MATCH (t:Attestation {id: b.ids[leaf - b.start]})
SET t.sources = sources;
