// How much there is to check of what is derived from entries; the database keeps these counts, so nothing is read.
// @mode read
// @returns columns Int
// @returns furtherKeys Int
// @returns erasures Int
// @returns runs Int
// @returns records Int
// @returns looks Int
// @returns terms Int
// @returns awaited Int
RETURN COUNT { (:Field) } AS columns, COUNT { (:SealedUnder) } AS furtherKeys, COUNT { (:Erasure) } AS erasures,
  COUNT { (:RunTimes) } AS runs, COUNT { (:AccessRecord) } AS records, COUNT { (:AccessLook) } AS looks,
  COUNT { (:SearchTerm) } AS terms, COUNT { (:Awaited) } AS awaited
