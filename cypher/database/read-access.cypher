// Whether the database takes writes: "read-write" or "read-only". It is asked and not remembered from the last write that
// failed, because whoever watches the server has to know before anybody writes, and when it is over.
// @mode read
// @returns access String
SHOW HOME DATABASE YIELD access RETURN access
