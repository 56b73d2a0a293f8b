// A group stands for all decisions of one model, from one set of scored data sets, in one mode. Impact reaches it from
// the model or from any of the data sets, and never needs to reach the decisions.
// @mode write
// @param rows List<{key: String, number: Int, mode: String, model: String, datasets: List<String>}>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $rows AS row
MATCH (m:Artifact {id: row.model})
CREATE (g:DecisionGroup {key: row.key, number: row.number, mode: row.mode, size: 0})
CREATE (g)-[:OF_MODEL]->(m)
WITH g, row
UNWIND row.datasets AS dataset
MATCH (d:Artifact {id: dataset})
CREATE (g)-[:OF_DATA]->(d)
