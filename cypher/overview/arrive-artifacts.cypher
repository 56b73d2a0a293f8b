// What was awaited and is declared now.
// @mode write
// @param ids List<String>
// @plan NodeUniqueIndexSeek(Locking)
UNWIND $ids AS id
MATCH (w:Awaited {id: id})
DELETE w
