// New decisions of one model from the same data sets, with their edges: a bulk load is thousands of them. Columns and not
// rows, with every property named, because packing and unpacking a map for each costs more than writing it; the model
// and the data sets are found once, not once an edge.
// @mode write
// @param model {id: String, props: String?, toDigest: String?}
// @param scored List<{id: String, role: String?, props: String?, toDigest: String?}>
// @param same {namespace: String, name: String, by: String, k: Int, mode: String, endpoint: String?, codeRepository: String?, codeCommit: String?, group: Int, recordedAt: Int}
// @param ids List<String>
// @param versions List<String>
// @param occurredAts List<Int>
// @param digests List<String>
// @param values List<String?>
// @param sealed List<String?>
// @param kids List<String?>
// @param outcomes List<String?>
// @param scores List<Float?>
// @param ordinals List<Int>
// @param leafIndexes List<Int>
// @param seqs List<Int>
// @param open Int
// @plan NodeUniqueIndexSeek
MATCH (m:Artifact {id: $model.id})
CALL () {
  UNWIND $scored AS one
  MATCH (d:Artifact {id: one.id})
  RETURN collect({data: d, role: one.role, props: one.props, toDigest: one.toDigest}) AS scored
}
UNWIND range(0, size($ids) - 1) AS i
WITH m, scored, i, $leafIndexes[i] AS leaf
CREATE (p:Artifact:Prediction {
  id: $ids[i], namespace: $same.namespace, name: $same.name, version: $versions[i], occurredAt: $occurredAts[i],
  by: $same.by, k: $same.k, digest: $digests[i], values: $values[i], sealed: $sealed[i], kid: $kids[i],
  outcome: $outcomes[i], score: $scores[i], mode: $same.mode, endpoint: $same.endpoint,
  codeRepository: $same.codeRepository, codeCommit: $same.codeCommit,
  group: $same.group, ordinal: $ordinals[i], leafIndex: leaf, seq: $seqs[i],
  recordedAt: $same.recordedAt, declared: true
})
CREATE (p)-[:MADE_BY {since: leaf, until: $open, props: $model.props, toDigest: $model.toDigest}]->(m)
WITH p, leaf, scored
UNWIND scored AS one
WITH p, leaf, one, one.data AS d
CREATE (p)-[:SCORED {since: leaf, until: $open, role: one.role, props: one.props, toDigest: one.toDigest}]->(d)
