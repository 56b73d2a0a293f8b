// Attestations are nodes of their own, so that an artifact's node is never touched again after its declaration.
// @mode write
// @param rows List<{props: Map}>
UNWIND $rows AS row
CREATE (a:Attestation)
SET a = row.props
