// Of the runs that were declared last, those of which nobody said that they ended, newest first. So many runs are looked
// at and no more: "looked" says how many that were.
// @mode read
// @param asOf Int
// @param bound Int
// @param first Int
// @returns looked Int
// @returns total Int
// @returns ids List<String>
// @plan NodeIndexSeekByRange
// @plan !Sort
MATCH (a:Transform)
WHERE a.leafIndex < $asOf
WITH a
ORDER BY a.leafIndex DESC
LIMIT $bound
WITH collect(a) AS runs
WITH size(runs) AS looked, [a IN runs WHERE NOT EXISTS {
  MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
  WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
} | a.id] AS ids
RETURN looked, size(ids) AS total, ids[..$first] AS ids
