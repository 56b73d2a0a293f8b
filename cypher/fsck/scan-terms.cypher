// All terms in the order of what makes them unique, a page at a time, each with its text as it should be. A place has five
// parts; what follows it is five ranges of the index, so that a page costs the same however many terms come before it.
// @mode read
// @param match String
// @param kind String
// @param namespace String
// @param name String
// @param text String
// @param first Int
// @returns props Map
// @returns text Any?
// @plan NodeUniqueIndexSeek
// @plan !Sort
CALL () {
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace = $namespace AND t.name = $name AND t.text > $text
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace = $namespace AND t.name > $name AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace > $namespace AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind > $kind AND t.namespace IS NOT NULL AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match > $match AND t.kind IS NOT NULL AND t.namespace IS NOT NULL AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
}
WITH t
ORDER BY t.match, t.kind, t.namespace, t.name, t.text
LIMIT $first
RETURN properties(t) AS props,
  toLower(CASE WHEN t.match = 'NAME' THEN t.namespace + '/' + t.name ELSE toStringOrNull(t.shown) END) AS text
ORDER BY t.match, t.kind, t.namespace, t.name, t.text
