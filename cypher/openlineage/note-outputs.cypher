// Which data set versions runs wrote; MERGE, because every event of a run may say it again.
// @mode write
// @param rows List<{run: String, id: String, dataset: String}>
UNWIND $rows AS row
MERGE (o:RunOutput {run: row.run, id: row.id})
ON CREATE SET o.dataset = row.dataset
