// Records of reads, as leaves of the access log say them.
// @mode write
// @param rows List<{props: Map}>
UNWIND $rows AS row
CREATE (r:AccessRecord)
SET r = row.props
