// All runs of which something is noted, a page at a time: their times, what they wrote and read, and every event about them.
// @mode read
// @param after String
// @param first Int
// @returns run String
// @returns times Map
// @returns outputs List<Map>
// @returns reads List<Map>
// @returns events List<{values: Any?, recordedAt: Any?}>
// @plan NodeUniqueIndexSeekByRange
MATCH (t:RunTimes)
WHERE t.run > $after
WITH t
ORDER BY t.run
LIMIT $first
RETURN t.run AS run, properties(t) AS times,
  COLLECT { MATCH (o:RunOutput) WHERE o.run = t.run RETURN properties(o) } AS outputs,
  COLLECT { MATCH (r:RunRead) WHERE r.run = t.run RETURN properties(r) } AS reads,
  COLLECT {
    MATCH (:Artifact {id: t.run})<-[:ABOUT]-(e:Attestation {type: 'SUPPLEMENTS'})
    RETURN {values: e.values, recordedAt: e.recordedAt}
  } AS events
ORDER BY run
