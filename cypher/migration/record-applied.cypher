// Recorded in the transaction that holds the lock, so a server that dies in between leaves a file that runs again.
// @mode write
// @param name String
// @param checksum String
CREATE (:Migration {name: $name, checksum: $checksum})
