// What ran on this database before, by any server, with the checksum of the text that ran.
// @mode read
// @returns name String
// @returns checksum String
MATCH (m:Migration)
WHERE m.checksum IS NOT NULL
RETURN m.name AS name, m.checksum AS checksum
