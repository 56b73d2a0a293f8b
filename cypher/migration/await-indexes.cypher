// A server serves only once every index is there: before that, each lookup would be a scan.
// @mode read
// @param seconds Int
CALL db.awaitIndexes($seconds)
