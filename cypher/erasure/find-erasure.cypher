// One erasure by the id that its certificate and its entries carry.
// @mode read
// @param id String
// @returns props Map
// @plan NodeIndexSeek
MATCH (e:Erasure {id: $id})
RETURN properties(e) AS props
