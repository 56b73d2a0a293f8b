/** The public door of Pedigree's SDK: declare lineage, ask about it. See docs/sdk.md. */
export { PedigreeClient, type DeclareAllOptions, type PedigreeClientOptions } from './client.js';
export { systemClientClock, type ClientClock } from './client-clock.js';
export { ClientError, DeclarationRefused, QueryFailed, RequestFailed } from './errors.js';
export type { DeclareAllResult, DeclareProgress } from './receipt-tally.js';
export type { RetryOptions } from './retry.js';
export {
  dataset,
  featureDef,
  model,
  prediction,
  transform,
  type DatasetArgs,
  type FeatureDefArgs,
  type Identity,
  type ModelArgs,
  type PredictionArgs,
  type RowLineageArgs,
  type TransformArgs,
} from './builders.js';
export { attest, type AttestArgs } from './attest.js';
export { inNamespace, type NamespaceBuilders } from './namespace.js';
export type { Link, Links, Ref } from './links.js';
export { tracker, type Track, type TrackerOptions, type TrackOptions } from './track.js';
export type {
  InputFile,
  InputFileArgs,
  LateRef,
  OutputArgs,
  OutputFile,
  OutputFileArgs,
  ReadOptions,
  Run,
} from './run.js';
export {
  PredictionLog,
  type LoggedPrediction,
  type PredictionLogOptions,
  type PredictionLogStats,
} from './prediction-log.js';
export type { Loss, LossReason } from './losses.js';
export type { SamplingPolicy } from './sampling.js';
export {
  checkContract,
  ContractChecker,
  type CheckedRule,
  type CheckOptions,
  type ContractOutcome,
} from './contract/check-contract.js';
export {
  contractCheck,
  ContractBroken,
  contractDeclaration,
  gateContract,
  gatedRows,
  type CheckStatement,
  type GateOptions,
} from './contract/gate.js';
export type { DecisionProfileOptions } from './drift/decision-profiles.js';
export { Profiler, profileStatement, type ProfilerOptions } from './drift/profiler.js';
export {
  watchDrift,
  type LikelyCause,
  type WatchedDecision,
  type WatchOptions,
  type WatchResult,
} from './drift/watch-drift.js';
export type { Profile } from '../domain/profile/profile.js';
export type { DriftLimits, FeatureDrift } from '../domain/profile/drift.js';
export type { Row } from './contract/rule-states.js';
export type { Contract } from '../domain/contract/contract.js';
export { parseContract, parseTables } from '../domain/contract/parse-contract.js';
export { parseContractYaml, toContractYaml } from '../domain/contract/contract-yaml.js';
export { contentDigestOf, jsonDigestOf } from './content-digest.js';
export { gitCommit } from './git-commit.js';
export { formatUrn, parseUrn, type Urn } from '../domain/urn.js';
export type * from '../domain/declaration.js';
export type { AttestationType, Classification, EdgeType, PredictionMode, RowMode } from '../domain/kinds.js';
export type { Json, JsonObject } from '../domain/json.js';
