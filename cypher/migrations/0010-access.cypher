// Who read personal values: intents are listed newest first, outcomes and what was looked at are found by their read.
CREATE CONSTRAINT access_record IF NOT EXISTS FOR (r:AccessRecord) REQUIRE r.id IS UNIQUE;
CREATE INDEX access_intent IF NOT EXISTS FOR (r:AccessRecord) ON (r.phase, r.leafIndex);
CREATE INDEX access_intent_by IF NOT EXISTS FOR (r:AccessRecord) ON (r.phase, r.by, r.leafIndex);
CREATE INDEX access_look IF NOT EXISTS FOR (l:AccessLook) ON (l.artifact, l.intent);
