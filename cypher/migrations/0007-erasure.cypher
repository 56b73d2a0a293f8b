// What a person's key sealed is found by the key's name: on the node for the first key, in a node beside it for others.
CREATE INDEX artifact_kid IF NOT EXISTS FOR (a:Artifact) ON (a.kid, a.id);
CREATE INDEX attestation_kid IF NOT EXISTS FOR (a:Attestation) ON (a.kid, a.id);
CREATE INDEX sealed_under_kid IF NOT EXISTS FOR (s:SealedUnder) ON (s.kid, s.id);
// One for each key that was or is being destroyed; every write looks here, and every server that starts finishes them.
CREATE CONSTRAINT erasure_kid IF NOT EXISTS FOR (e:Erasure) REQUIRE e.kid IS UNIQUE;
CREATE INDEX erasure_id IF NOT EXISTS FOR (e:Erasure) ON (e.id);
// Nodes from before this: "sealed" is a JSON list of [path, kid, ciphertext], so every second part between the quotes is a kid.
MATCH (n:Artifact|Attestation)
WHERE n.sealed IS NOT NULL AND n.kid IS NULL
WITH n, split(n.sealed, '","') AS parts
WITH n, COLLECT { UNWIND range(1, size(parts) - 1, 2) AS i RETURN DISTINCT parts[i] AS kid } AS kids
SET n.kid = kids[0]
FOREACH (kid IN kids[1..] | CREATE (:SealedUnder {kid: kid, id: n.id}));
