// Artifacts and attestations are found by id, from every door and by every edge that is written.
CREATE CONSTRAINT artifact_id IF NOT EXISTS FOR (a:Artifact) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT attestation_id IF NOT EXISTS FOR (a:Attestation) REQUIRE a.id IS UNIQUE;
