// What a batch adds to the graph, but for decisions and for artifacts that carry values: nodes, attestations with what they
// are about, and edges. Columns and not rows, with every property named, because packing and unpacking a map for each
// costs more than writing it. Each artifact is found or made once; what points at it says its place among those that are
// made here, followed by those that are there. The caller checks the counts: a place that nobody stands at counts too few.
// @mode write
// @param made {ids: List<String>, kinds: List<String>, namespaces: List<String>, names: List<String>, versions: List<String>, seqs: List<Int>, declared: List<Boolean>, occurredAts: List<Int?>, digests: List<String?>, leafIndexes: List<Int?>, bys: List<String?>, ks: List<Int?>}
// @param found List<String>
// @param attested {ids: List<String>, namespaces: List<String>, names: List<String>, versions: List<String>, occurredAts: List<Int>, digests: List<String>, leafIndexes: List<Int>, bys: List<String>, ks: List<Int>, values: List<String?>, sealed: List<String?>, kids: List<String?>, types: List<String>, authors: List<String?>, states: List<String?>, findings: List<Boolean?>, codeRepositories: List<String?>, codeCommits: List<String?>, sources: List<List<String>?>, abouts: List<List<Int>>}
// @param edges {types: List<String>, froms: List<Int>, tos: List<Int>, leafIndexes: List<Int>, props: List<String?>, toDigests: List<String?>, roles: List<String?>, inputs: List<String?>, splits: List<String?>}
// @param recordedAt Int
// @param open Int
// @returns nodes Int
// @returns abouts Int
// @returns edges Int
// @plan NodeUniqueIndexSeek
CALL () {
  UNWIND range(0, size($made.ids) - 1) AS i
  CREATE (a:Artifact:$($made.kinds[i]) {
    id: $made.ids[i], namespace: $made.namespaces[i], name: $made.names[i], version: $made.versions[i], seq: $made.seqs[i],
    declared: $made.declared[i], occurredAt: $made.occurredAts[i], digest: $made.digests[i],
    leafIndex: $made.leafIndexes[i], by: $made.bys[i], k: $made.ks[i],
    recordedAt: CASE WHEN $made.declared[i] THEN $recordedAt END
  })
  RETURN collect(a) AS made
}
CALL () {
  UNWIND $found AS id
  MATCH (a:Artifact {id: id})
  RETURN collect(a) AS found
}
WITH made + found AS nodes
CALL (nodes) {
  UNWIND range(0, size($attested.ids) - 1) AS i
  CREATE (t:Attestation {
    id: $attested.ids[i], namespace: $attested.namespaces[i], name: $attested.names[i], version: $attested.versions[i],
    occurredAt: $attested.occurredAts[i], digest: $attested.digests[i], leafIndex: $attested.leafIndexes[i],
    by: $attested.bys[i], k: $attested.ks[i], values: $attested.values[i], sealed: $attested.sealed[i],
    kid: $attested.kids[i], type: $attested.types[i], author: $attested.authors[i], state: $attested.states[i],
    finding: $attested.findings[i], codeRepository: $attested.codeRepositories[i],
    codeCommit: $attested.codeCommits[i], sources: $attested.sources[i], recordedAt: $recordedAt, declared: true
  })
  WITH nodes, t, i
  UNWIND $attested.abouts[i] AS place
  WITH t, i, nodes[place] AS a
  CREATE (t)-[:ABOUT {since: $attested.leafIndexes[i]}]->(a)
  RETURN count(a) AS abouts
}
CALL (nodes) {
  UNWIND range(0, size($edges.types) - 1) AS i
  WITH i, nodes[$edges.froms[i]] AS a, nodes[$edges.tos[i]] AS b
  CREATE (a)-[r:$($edges.types[i]) {
    since: $edges.leafIndexes[i], until: $open, props: $edges.props[i], toDigest: $edges.toDigests[i],
    role: $edges.roles[i], input: $edges.inputs[i], split: $edges.splits[i]
  }]->(b)
  RETURN count(r) AS edges
}
RETURN size(nodes) AS nodes, abouts, edges
