// What a declared node keeps of its personal values, to compare a repeated declaration with it, and where its entry is.
// @mode read
// @param ids List<String>
// @returns id String
// @returns k Int
// @returns digest String
// @returns leafIndex Int
// @returns recordedAt Int
// @returns sealed String?
// @returns erased String?
// @plan NodeUniqueIndexSeek
UNWIND $ids AS id
OPTIONAL MATCH (a:Artifact {id: id})
OPTIONAL MATCH (t:Attestation {id: id})
WITH coalesce(a, t) AS n
WHERE n.digest IS NOT NULL
RETURN n.id AS id, n.k AS k, n.digest AS digest, n.leafIndex AS leafIndex, n.recordedAt AS recordedAt,
  n.sealed AS sealed, n.erased AS erased
