/**
 * What a producer declares: an artifact or an attestation, as it comes over the wire and out of the SDK.
 * The field lists are in docs/model.md; which members are personal is in docs/entry-format.md.
 */
import type { JsonObject, Json } from './json.js';
import type {
  ArtifactKind,
  AttestationType,
  Classification,
  EdgeType,
  EntryKind,
  PredictionMode,
  RowMode,
} from './kinds.js';

/** A row's key: a typed tuple in the order that the data set's `keys.columns` states. */
export type RowKey = readonly (string | number | boolean)[];

/** Code that did something: a repository and the commit that was checked out. */
export interface CodeVersion {
  readonly repository: string;
  readonly commit: string;
  readonly path?: string;
}

/** Which keys a data set holds, so that a row can be followed into the one part of a union that has it. */
export interface HeldKeys {
  readonly columns: readonly string[];
  readonly from?: RowKey;
  readonly to?: RowKey;
  readonly in?: readonly RowKey[];
}

export interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly classification?: Classification;
}

interface CommonFields {
  readonly description?: string;
  readonly owner?: string;
  readonly extra?: JsonObject;
}

export interface DatasetFields extends CommonFields {
  readonly schema?: readonly SchemaField[];
  readonly location?: string;
  /** `sha256:` and 64 hex digits. */
  readonly contentDigest?: string;
  readonly rowCount?: number;
  readonly classification?: Classification;
  readonly contract?: Json;
  readonly keys?: HeldKeys;
}

export interface TransformFields extends CommonFields {
  readonly code?: CodeVersion;
  readonly parameters?: JsonObject;
  readonly environment?: JsonObject;
}

export interface FeatureDefFields extends CommonFields {
  readonly expression?: string;
  readonly type?: string;
  readonly unit?: string;
  readonly rationale?: string;
  readonly classification?: Classification;
  readonly code?: CodeVersion;
}

export interface ModelFields extends CommonFields {
  /** `sha256:` and 64 hex digits. */
  readonly weightsDigest?: string;
  readonly architecture?: string;
  readonly hyperparameters?: JsonObject;
  readonly framework?: string;
  readonly metrics?: JsonObject;
  readonly intendedUse?: string;
  readonly code?: CodeVersion;
}

export interface PredictionFields extends CommonFields {
  readonly outcome?: string;
  readonly score?: number;
  readonly mode?: PredictionMode;
  readonly endpoint?: string;
  readonly preprocessing?: CodeVersion;
  /** The model's output before any feature's contribution, in the contributions' unit. */
  readonly baseValue?: number;
  /** Names of the features that the person was told as reasons, most important first. */
  readonly reasons?: readonly string[];
  readonly explanation?: string;
  readonly notes?: string;
  readonly verbatim?: Json;
}

/** One feature's value in one decision. `contribution` is in the unit of the model's own output. */
export interface FeatureValue {
  readonly value: Json;
  readonly contribution?: number;
  readonly source?: { readonly dataset: string; readonly row?: RowKey; readonly asOf?: string };
  /** Whose value this is, if not the first subject's. */
  readonly subject?: string;
}

/** How the rows of an output come from the rows of one input (DESIGN: Rows). */
export interface RowLineage {
  readonly from: string;
  readonly mode: RowMode;
  /** Positions in the output's key that make the input's key, in order. Left out: the key is the same. */
  readonly keyMap?: readonly number[];
}

export interface EdgeDeclaration {
  readonly type: EdgeType;
  readonly to: string;
  /** Only in an attestation: the artifact that the edge leaves. */
  readonly from?: string;
  readonly props?: JsonObject;
  /** The parent's digest, where the producer knows it: 64 hex digits. */
  readonly toDigest?: string;
  /** The row of the parent that this one used. */
  readonly row?: RowKey;
}

/** Names one edge, to withdraw it. */
export interface EdgeRef {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
}

interface FieldsOf {
  readonly Dataset: DatasetFields;
  readonly Transform: TransformFields;
  readonly FeatureDef: FeatureDefFields;
  readonly Model: ModelFields;
  readonly Prediction: PredictionFields;
}

export interface ArtifactDeclaration<K extends ArtifactKind = ArtifactKind> {
  readonly id: string;
  readonly kind: K;
  /** Milliseconds since the epoch or an ISO 8601 time with zone; for a Prediction, when it was decided. */
  readonly occurredAt: number | string;
  readonly fields?: FieldsOf[K];
  readonly edges?: readonly EdgeDeclaration[];
  /** Predictions only: the value of each feature by the name under which the model uses it. */
  readonly features?: Readonly<Record<string, FeatureValue>>;
  /** Whom it concerns; required of a Prediction, where an empty list says that it concerns nobody. */
  readonly subjects?: readonly string[];
  /** Fields that are personal although they are not by default: the first subject's. */
  readonly personal?: readonly string[];
}

/** A later fact about artifacts: never a change of them. */
export interface AttestationDeclaration {
  readonly id: string;
  readonly kind: 'Attestation';
  readonly type: AttestationType;
  readonly about: readonly string[];
  readonly occurredAt: number | string;
  readonly fields?: JsonObject;
  readonly edges?: readonly EdgeDeclaration[];
  readonly withdraws?: readonly EdgeRef[];
  readonly subjects?: readonly string[];
  readonly personal?: readonly string[];
}

export type Declaration = ArtifactDeclaration | AttestationDeclaration;

/** A declaration that was checked: every id is canonical, every time is in milliseconds, nothing is missing. */
export interface CheckedDeclaration {
  readonly id: string;
  readonly kind: EntryKind;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly occurredAt: number;
  readonly fields: JsonObject;
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly subjects: readonly string[];
  readonly personal: readonly string[];
  readonly edges: readonly CheckedEdge[];
  readonly about: readonly string[];
  readonly withdraws: readonly EdgeRef[];
}

export interface CheckedEdge {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  readonly props: JsonObject;
  readonly toDigest?: string;
  readonly row?: RowKey;
}

/** What a producer gets for each item of a batch, in the order of the batch. */
export type Receipt = AcceptedReceipt | RefusedReceipt;

export interface AcceptedReceipt {
  readonly index: number;
  readonly id: string;
  /** SHA-256 of the entry, in hex. */
  readonly digest: string;
  /** The entry's position in the log, from 0. */
  readonly leafIndex: number;
  /** True if the same declaration was there before: the receipt is the first one's. */
  readonly repeated: boolean;
  /** True if values of it were erased since; what came for them this time was thrown away. */
  readonly erased?: boolean;
  readonly warnings?: readonly string[];
}

export interface RefusedReceipt {
  readonly index: number;
  readonly id?: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}
