// Bundles are only ever added: a leaf's bytes are written once, with the nodes they stand for, and never rewritten.
// @mode write
// @param log String
// @param bundles List<{start: Int, count: Int, at: Int, bytes: Bytes}>
UNWIND $bundles AS bundle
CREATE (:EntryBundle {log: $log, start: bundle.start, count: bundle.count, at: bundle.at, bytes: bundle.bytes})
