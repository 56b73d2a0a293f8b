// Redaction profiles, newest first; the first of a name is its current version.
// @mode read
// @param name String?
// @param first Int
// @returns props Map
MATCH (p:AccessRecord)
WHERE p.phase = 'profile' AND p.leafIndex >= 0 AND ($name IS NULL OR p.request = $name)
RETURN properties(p) AS props
ORDER BY p.phase DESC, p.leafIndex DESC
LIMIT $first
