/**
 * The vocabulary of the lineage graph: five kinds of artifact, and the edges allowed between them.
 * Edges always point from effect to cause, so ancestry is following arrows.
 */

export const ARTIFACT_KINDS = ['Dataset', 'Transform', 'FeatureDef', 'Model', 'Prediction'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** What an entry can be: an artifact of one of the five kinds, or an attestation about some. */
export const ENTRY_KINDS = [...ARTIFACT_KINDS, 'Attestation'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const EDGE_TYPES = [
  'PRODUCED_BY',
  'READ',
  'APPLIED',
  'DERIVED_FROM',
  'TRAINED_ON',
  'EVALUATED_ON',
  'TRAINED_BY',
  'USES',
  'TUNED_FROM',
  'MEMBER',
  'MADE_BY',
  'SCORED',
  'USED_OUTPUT_OF',
  'RESOLVED_TO',
] as const;
export type EdgeType = (typeof EDGE_TYPES)[number];

interface EdgeRule {
  readonly from: readonly ArtifactKind[];
  readonly to: readonly ArtifactKind[];
}

/** Which kinds an edge type may connect. */
export const EDGE_RULES: Readonly<Record<EdgeType, EdgeRule>> = {
  PRODUCED_BY: { from: ['Dataset'], to: ['Transform'] },
  READ: { from: ['Transform'], to: ['Dataset'] },
  APPLIED: { from: ['Transform'], to: ['FeatureDef'] },
  DERIVED_FROM: { from: ['FeatureDef'], to: ['FeatureDef', 'Dataset'] },
  TRAINED_ON: { from: ['Model'], to: ['Dataset'] },
  EVALUATED_ON: { from: ['Model'], to: ['Dataset'] },
  TRAINED_BY: { from: ['Model'], to: ['Transform'] },
  USES: { from: ['Model'], to: ['FeatureDef'] },
  TUNED_FROM: { from: ['Model'], to: ['Model'] },
  MEMBER: { from: ['Model'], to: ['Model'] },
  MADE_BY: { from: ['Prediction'], to: ['Model'] },
  SCORED: { from: ['Prediction'], to: ['Dataset'] },
  USED_OUTPUT_OF: { from: ['Prediction'], to: ['Prediction'] },
  RESOLVED_TO: { from: ['Dataset'], to: ['Dataset'] },
};

/**
 * The relationship type that stores an edge. It is the edge's own type but for one: a feature definition's
 * link to the data it was first derived from is kept apart, because a walk downstream from data must not
 * take it (an old data version is not to blame for every later model), and a variable-length pattern can
 * leave out a type but not a type between certain kinds without reading every node on the way.
 */
export function relationshipType(type: EdgeType, to: ArtifactKind): string {
  return type === 'DERIVED_FROM' && to === 'Dataset' ? 'DERIVED_FROM_DATA' : type;
}

/** The edge type that a stored relationship type stands for; the inverse of {@link relationshipType}. */
export function edgeTypeOf(relationship: string): EdgeType {
  return (relationship === 'DERIVED_FROM_DATA' ? 'DERIVED_FROM' : relationship) as EdgeType;
}

export const ATTESTATION_TYPES = [
  'CONTRACT',
  'CONTRACT_CHECK',
  'DATA_PROFILE',
  'DRIFT',
  'DEPLOYED',
  'APPROVED',
  'RATIONALE',
  'INCIDENT',
  'OUTCOME_OBSERVED',
  'HUMAN_DECISION',
  'RETIRED',
  'SUPPLEMENTS',
  'RESOLVED',
  'CORRECTS',
  'LEGAL_HOLD',
  'RESTRICTED',
  'ERASED',
] as const;
export type AttestationType = (typeof ATTESTATION_TYPES)[number] | `x-${string}`;

/** True for one of the known attestation types or an open one that begins with `x-`. */
export function isAttestationType(type: string): type is AttestationType {
  return (ATTESTATION_TYPES as readonly string[]).includes(type) || /^x-[a-z0-9][a-z0-9.-]{0,62}$/.test(type);
}

export const CLASSIFICATIONS = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'PERSONAL', 'SPECIAL'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const PREDICTION_MODES = ['LIVE', 'SHADOW', 'TEST', 'BACKFILL'] as const;
export type PredictionMode = (typeof PREDICTION_MODES)[number];

export const SCORED_ROLES = ['INPUT', 'CONTEXT', 'PROMPT'] as const;
export const ROW_MODES = ['SAME_KEYS', 'FILTER', 'UNION', 'JOIN', 'LOOKUP', 'AGGREGATE', 'UNKNOWN'] as const;
export type RowMode = (typeof ROW_MODES)[number];
