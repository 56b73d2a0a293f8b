// How much there is to check; the database keeps these counts, so nothing is read.
// @mode read
// @returns size Int
// @returns at Int
// @returns artifacts Int
// @returns attestations Int
// @returns groups Int
// @returns nextSeq Int
// @returns nextGroup Int
// @returns origin String?
MATCH (h:LogHead {log: 'lineage'})
RETURN h.size AS size, h.at AS at, COUNT { (:Artifact) } AS artifacts, COUNT { (:Attestation) } AS attestations,
  COUNT { (:DecisionGroup) } AS groups, h.nextSeq AS nextSeq, h.nextGroup AS nextGroup, h.origin AS origin
