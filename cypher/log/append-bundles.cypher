// Bundles are only ever added: a leaf's bytes are written once, with the nodes they stand for, and never rewritten.
// They name their entries, for readers who follow the log.
// @mode write
// @param log String
// @param bundles List<{start: Int, count: Int, at: Int, ids: List<String>, bytes: Bytes}>
UNWIND $bundles AS bundle
CREATE (b:EntryBundle {log: $log, start: bundle.start, count: bundle.count, at: bundle.at})
SET b.ids = bundle.ids, b.bytes = bundle.bytes
