// How much there is. The database keeps these counts, so nothing is read, however much there is.
// @mode read
// @returns datasets Int
// @returns transforms Int
// @returns featureDefs Int
// @returns models Int
// @returns predictions Int
// @returns attestations Int
// @returns awaited Int
// @plan NodeCountFromCountStore
RETURN COUNT { (:Dataset) } AS datasets, COUNT { (:Transform) } AS transforms, COUNT { (:FeatureDef) } AS featureDefs,
  COUNT { (:Model) } AS models, COUNT { (:Prediction) } AS predictions, COUNT { (:Attestation) } AS attestations,
  COUNT { (:Awaited) } AS awaited
