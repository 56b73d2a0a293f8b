// Which data sets runs read without saying which version; MERGE, because every event of a run may say it again.
// @mode write
// @param rows List<{run: String, id: String, dataset: String}>
UNWIND $rows AS row
MERGE (r:RunRead {run: row.run, id: row.id})
ON CREATE SET r.dataset = row.dataset
