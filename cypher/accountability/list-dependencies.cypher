// What some models depend on, by name: data sets, definitions and other models at any distance upstream, with which of the
// models lead to them and the newest version that any of them leads to; what most models depend on first.
// One walk for each model, each with its own end, so that no cost grows with the number of paths.
// @mode read
// @param models List<String>
// @param asOf Int
// @param first Int
// @returns kind String
// @returns namespace String
// @returns name String
// @returns newest String
// @returns versions Int
// @returns models List<String>
// @plan NodeUniqueIndexSeek
// @plan VarLengthExpand(Pruning,BFS,All)
UNWIND $models AS model
MATCH (m:Artifact {id: model})
CALL (m) {
  MATCH (m)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*1..]->(a:Artifact)
  WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
  WITH DISTINCT a
  WHERE a:Dataset OR a:FeatureDef OR a:Model
  RETURN a
}
WITH model, a
ORDER BY a.seq DESC
WITH head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]) AS kind, a.namespace AS namespace, a.name AS name,
  collect(DISTINCT a.id) AS versions, collect(DISTINCT model) AS models
RETURN kind, namespace, name, head(versions) AS newest, size(versions) AS versions, models
ORDER BY size(models) DESC, kind, namespace, name
LIMIT $first
