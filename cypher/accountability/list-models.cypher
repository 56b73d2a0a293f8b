// Models of one namespace or of all, versions of a name together, oldest first. There are few models, however many
// decisions there are, so their label is read as a whole. The caller says which of them existed as of a point.
// @mode read
// @param namespace String?
// @param first Int
// @returns id String
MATCH (m:Model)
WHERE $namespace IS NULL OR m.namespace = $namespace
RETURN m.id AS id
ORDER BY m.namespace, m.name, m.seq
LIMIT $first
