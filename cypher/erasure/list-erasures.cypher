// All erasures, in pages: a server that starts plays them onto its key store.
// @mode read
// @param after String
// @param first Int
// @returns props Map
MATCH (e:Erasure)
WHERE e.kid > $after
RETURN properties(e) AS props
ORDER BY e.kid
LIMIT $first
