// One head per log, whose lock orders all writers; bundles are read by the position of their first leaf.
CREATE CONSTRAINT log_head IF NOT EXISTS FOR (h:LogHead) REQUIRE h.log IS UNIQUE;
CREATE CONSTRAINT entry_bundle IF NOT EXISTS FOR (b:EntryBundle) REQUIRE (b.log, b.start) IS UNIQUE;
CREATE INDEX entry_bundle_time IF NOT EXISTS FOR (b:EntryBundle) ON (b.log, b.at, b.start);
