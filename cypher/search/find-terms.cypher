// Names that are found by a text, each once, by the best of its terms: the name itself, a name that begins with the text,
// one that has it, an owner, a column. One word goes through the index of parts of texts, the others are looked for in
// what it finds. No ranking by statistics: the same text gives the same order, so pages join without gaps or repeats.
// @mode read
// @param word String
// @param words List<String>
// @param whole String
// @param kinds List<String>?
// @param asOf Int
// @param now Int
// @param afterRank Int
// @param afterKey String
// @param first Int
// @returns rank Int
// @returns key String
// @returns match String
// @returns shown String
// @returns kind String
// @returns namespace String
// @returns name String
// @returns id String
// @plan NodeIndexContainsScan
MATCH (t:SearchTerm)
WHERE t.text CONTAINS $word AND all(word IN $words WHERE t.text CONTAINS word) AND t.since < $asOf
  AND ($kinds IS NULL OR t.kind IN $kinds)
WITH t, CASE
  WHEN t.match = 'OWNER' THEN 4
  WHEN t.match = 'COLUMN' THEN 5
  WHEN $whole IN [t.text, toLower(t.name)] THEN 1
  WHEN toLower(t.name) STARTS WITH $whole THEN 2
  ELSE 3
END AS rank
WITH t.kind AS kind, t.namespace AS namespace, t.name AS name, min([rank, t.match, t.shown]) AS best
WITH kind, namespace, name, best, best[0] AS rank, toLower(name) + ' ' + namespace + ' ' + kind AS key
WHERE rank > $afterRank OR (rank = $afterRank AND key > $afterKey)
ORDER BY rank, key
LIMIT $first
MATCH (n:SearchTerm {match: 'NAME', kind: kind, namespace: namespace, name: name, text: toLower(namespace + '/' + name)})
RETURN rank, key, best[1] AS match, best[2] AS shown, kind, namespace, name,
  CASE WHEN n.leafIndex < $now THEN n.newest ELSE n.first END AS id
ORDER BY rank, key
