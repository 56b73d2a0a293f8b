// A column exists once, however many versions of its data set have it.
CREATE CONSTRAINT field_key IF NOT EXISTS FOR (f:Field) REQUIRE f.key IS UNIQUE;
// When runs began and completed, by data set: an unversioned read finds its producer by one index seek.
CREATE CONSTRAINT run_times IF NOT EXISTS FOR (r:RunTimes) REQUIRE r.run IS UNIQUE;
CREATE CONSTRAINT run_output IF NOT EXISTS FOR (o:RunOutput) REQUIRE (o.run, o.id) IS UNIQUE;
CREATE CONSTRAINT run_read IF NOT EXISTS FOR (r:RunRead) REQUIRE (r.run, r.id) IS UNIQUE;
CREATE INDEX run_output_run IF NOT EXISTS FOR (o:RunOutput) ON (o.run);
CREATE INDEX run_read_run IF NOT EXISTS FOR (r:RunRead) ON (r.run);
CREATE INDEX run_output_time IF NOT EXISTS FOR (o:RunOutput) ON (o.dataset, o.completedAt);
CREATE INDEX run_read_time IF NOT EXISTS FOR (r:RunRead) ON (r.dataset, r.startedAt);
