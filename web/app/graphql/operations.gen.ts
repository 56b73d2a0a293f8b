/* Generated from web/app/graphql/*.graphql by `npm run generate`. Do not edit. */
import type { Json } from '../api/json.js';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How a recorded read ended. */
export type AccessState =
  /** The connection ended before all of the answer was sent. */
  | 'ABORTED'
  /** It was answered and sent in full. */
  | 'COMPLETE'
  /** It was answered with a failure, without any value. */
  | 'FAILED'
  /** Its outcome is not recorded: it goes on, or the server ended with it. The answer may have been sent. */
  | 'OPEN';

/** The point in the log at which an answer is read: one of the two, or none for now. */
export type AsOf = {
  /** Everything recorded up to this time. */
  readonly time?: string | null | undefined;
  /** Number of entries: an entry with leaf index i is visible if i is less than this. */
  readonly treeSize?: string | number | null | undefined;
};

/** How sensitive data is, by its producer's word. */
export type Classification =
  /** For those who need it. */
  | 'CONFIDENTIAL'
  /** For the organisation. */
  | 'INTERNAL'
  /** About persons. */
  | 'PERSONAL'
  /** For everybody. */
  | 'PUBLIC'
  /** Special categories of personal data. */
  | 'SPECIAL';

/** Names a column or a feature. */
export type ColumnInput = {
  /** The column's name, `*` for the data set as a whole; left out for a feature. */
  readonly column?: string | null | undefined;
  /** Id of a version of the data set, or of the feature definition. */
  readonly id: string;
};

/** Which way lineage is followed. */
export type Direction =
  /** From cause to effect: what depends on this? */
  | 'DOWNSTREAM'
  /** From effect to cause: where did this come from? */
  | 'UPSTREAM';

/** The edges between artifacts. They point from effect to cause. */
export type EdgeType =
  /** A run computed a feature by a definition. */
  | 'APPLIED'
  /** A definition was first derived from another, or from data. */
  | 'DERIVED_FROM'
  /** A model was evaluated on a data set. */
  | 'EVALUATED_ON'
  /** A decision was made by a model. */
  | 'MADE_BY'
  /** A model is an ensemble that contains another. */
  | 'MEMBER'
  /** A data set was written by a run. */
  | 'PRODUCED_BY'
  /** A run read a data set. */
  | 'READ'
  /** An unversioned read is bound to the version that was read. */
  | 'RESOLVED_TO'
  /** A decision was made from a data set. */
  | 'SCORED'
  /** A model was trained by a run. */
  | 'TRAINED_BY'
  /** A model was trained on a data set. */
  | 'TRAINED_ON'
  /** A model was tuned from another. */
  | 'TUNED_FROM'
  /** A decision used the output of another. */
  | 'USED_OUTPUT_OF'
  /** A model takes a feature as input. */
  | 'USES';

/** Which way a grant goes from its roots. */
export type GrantDirection =
  /** Both. */
  | 'BOTH'
  /** What depends on them. */
  | 'DOWNSTREAM'
  /** Where the roots come from. */
  | 'UPSTREAM';

/** What a grant is to open, to whom, for what, and until when. */
export type GrantInput = {
  /** The point as of which everything is read, for the whole life of the grant; now if left out. */
  readonly asOf?: AsOf | null | undefined;
  /** Most units of query cost a minute; the server's own limit if left out. */
  readonly budget?: number | null | undefined;
  /** The case or file number of the holder's procedure. */
  readonly caseRef?: string | null | undefined;
  /** Only decisions decided at this time or later are visible, but for roots. */
  readonly decidedFrom?: string | null | undefined;
  /** Only decisions decided before this time are visible, but for roots. */
  readonly decidedTo?: string | null | undefined;
  /** Greatest distance from a root, in edges of the graph as the holder sees it; any if left out. */
  readonly depth?: number | null | undefined;
  /** Which way it goes from them. */
  readonly direction?: GrantDirection;
  /** When it ends: at most 366 days ahead. */
  readonly expiresAt: string;
  /** Whom it is for; every read under it is recorded with this. */
  readonly holder: string;
  /** Kinds that are visible; all if left out. */
  readonly kinds?: ReadonlyArray<Kind> | null | undefined;
  /** True if personal values may be read. Nobody can grant them who may not read them. */
  readonly personal?: boolean;
  /** How personal values are masked; as they are if left out. Only the current version of a name can be given. */
  readonly profile?: RedactionProfileRef | null | undefined;
  /** Why; every read under it is recorded with this, unless the holder says more precisely why. */
  readonly purpose: string;
  /** What the holder learns of what is hidden. */
  readonly reveal?: Reveal;
  /** Ids of the artifacts that it begins at: 1 to 100. They are always visible. */
  readonly roots: ReadonlyArray<string>;
};

/** Which decisions an answer counts or lists. */
export type ImpactPrecision =
  /**
   * All that could depend on it: none is missing, but some may not. That happens where the artifact is one part of a union
   * and a decision's row may come from another, unless the rows can be followed: those of at most 1,000 decisions, by readers
   * who may read their keys. It happens, too, where more than 10,000 decisions may have used the output of affected ones, and
   * where an attestation changed what single decisions were made by or from.
   */
  | 'DATA_SET_LEVEL'
  /** Those that depend on the artifact, no more and no fewer. */
  | 'EXACT';

/** Why an answer under a grant is not whole. */
export type Incomplete =
  /** Something is hidden there: surrogates say where. */
  | 'HIDDEN'
  /** The grant does not go in this direction: what there is beyond what is shown is not told, not even whether there is any. */
  | 'OUTSIDE_DIRECTION';

/** The five kinds of artifact. Every artifact is one immutable version. */
export type Kind =
  /** One version of a data set. */
  | 'Dataset'
  /** One version of a feature's definition. */
  | 'FeatureDef'
  /** One trained version of a model. */
  | 'Model'
  /** One decision. */
  | 'Prediction'
  /** One execution of a processing step. */
  | 'Transform';

/**
 * Which artifacts a lineage returns; the way still leads through all of them. Every member that is given must hold. What
 * an artifact says about itself counts from its declaration on.
 */
export type LineageFilter = {
  /** With one of these classifications. */
  readonly classifications?: ReadonlyArray<Classification> | null | undefined;
  /** True: declared artifacts only; false: placeholders only. */
  readonly declared?: boolean | null | undefined;
  /** In one of these namespaces. */
  readonly namespaces?: ReadonlyArray<string> | null | undefined;
  /** Occurred at this time or later. */
  readonly occurredFrom?: string | null | undefined;
  /** Occurred before this time. */
  readonly occurredTo?: string | null | undefined;
  /** Runs only, in one of these states. */
  readonly runStates?: ReadonlyArray<RunOutcome> | null | undefined;
};

/** The append-only logs. Each has tiles and signed checkpoints of its own. */
export type LogName =
  /** Who read what. */
  | 'ACCESS'
  /** What was declared. */
  | 'LINEAGE';

/** Whether the database has what its log has signed. */
export type LogStanding =
  /** It has fewer entries, as after an older backup was restored: read-only until repaired. */
  | 'BEHIND'
  /** It has other entries: read-only until repaired. */
  | 'DIVERGED'
  /** It has: writes are accepted. */
  | 'SOUND';

/** What a decision was made for. */
export type PredictionMode =
  /** It was made later for earlier data. */
  | 'BACKFILL'
  /** It took effect. */
  | 'LIVE'
  /** It ran beside the one that took effect. */
  | 'SHADOW'
  /** It was a test. */
  | 'TEST';

/** A redaction profile. */
export type RedactionProfileRef = {
  /** The version that is expected: anything but the current one is refused. */
  readonly digest?: string | null | undefined;
  /** Its name. */
  readonly name: string;
};

/** What retention rules do with what one key sealed. */
export type RetentionAction =
  /** It is erased. */
  | 'ERASE'
  /** It is kept as it is. */
  | 'KEEP'
  /** It is kept because of a duty alone: its values open for the duty's purpose only. */
  | 'RESTRICT';

/** Why. */
export type RetentionReason =
  /** The deadline of everything under the key has passed, and no duty is left. */
  | 'DEADLINE_PASSED'
  /** A rule says that it must be kept. */
  | 'DUTY'
  /** A legal hold is in force. */
  | 'LEGAL_HOLD'
  /** The deadline of something under the key has not passed. */
  | 'NOT_YET'
  /** No rule gives something under the key a deadline. */
  | 'NO_DEADLINE'
  /** Somebody asked for the erasure, and no duty is left. */
  | 'REQUESTED';

/** What a grant's holder learns of artifacts that are hidden between visible ones. */
export type Reveal =
  /** The kind of each hidden artifact within the grant's depth, and how they hang together; no id, name, time or value. */
  | 'KIND'
  /** That something is there, and which visible artifacts it joins. */
  | 'NOTHING';

/** Why a row is followed no further. */
export type RowEnd =
  /** Its producer aggregated rows: exact to the data set from here on. */
  | 'AGGREGATED'
  /** Nobody has declared its data set. */
  | 'DATASET_NOT_DECLARED'
  /** It comes from data that a grant hides from its holder. */
  | 'HIDDEN'
  /** More rows lead back from here than a storyline follows. */
  | 'LIMIT_REACHED'
  /** Its producer did not say how rows come from rows: exact to the data set from here on. */
  | 'NOT_DECLARED'
  /** It is a raw record: its data set has no producer. */
  | 'SOURCE';

/** How a run ended. */
export type RunOutcome =
  /** It said that it was aborted. */
  | 'ABORTED'
  /** It said that it completed. */
  | 'COMPLETED'
  /** It said that it failed. */
  | 'FAILED'
  /** It never said that it ended. */
  | 'UNFINISHED';

/** By what an artifact was found. */
export type SearchMatch =
  /** One of its columns has the text. */
  | 'COLUMN'
  /** Its id begins with the text. */
  | 'ID'
  /** Its namespace or its name has the text. */
  | 'NAME'
  /** One of its owners has the text. */
  | 'OWNER';

/** Whether a value can be read here. */
export type ValueState =
  /** It was erased, with its key: nobody can read it any more. */
  | 'ERASED'
  /** Its key is not in the key store, though nobody erased it: the operator has to restore the key store. */
  | 'KEY_LOST'
  /** Less than what was declared is in the answer, by a grant's redaction profile: asserted by the server, not proved. */
  | 'MASKED'
  /** It was never declared. */
  | 'MISSING'
  /** It is in the answer. */
  | 'OPEN'
  /** It is there, but not for this reader, or kept for a duty's purpose alone. */
  | 'WITHHELD';

/** What is odd about the lineage itself. */
export type WatchKind =
  /** A run that was recorded long after it is said to have happened. */
  | 'BACKDATED'
  /** A hole of more than two and a half usual intervals in a series of five runs or more. */
  | 'GAP'
  /** An artifact that others name and nobody has declared. */
  | 'MISSING_PARENT'
  /** A job that ran in a series, and for more than two and a half of its usual intervals has not. */
  | 'SILENCE'
  /** A run of a job that until then only others had declared, three times or more. */
  | 'UNEXPECTED_WRITER'
  /** A run of which nobody said that it ended. */
  | 'UNFINISHED_RUN';

export type ArtifactPageQueryVariables = Exact<{
  id: string;
  asOf?: AsOf | null | undefined;
}>;


export type ArtifactPageQuery = { readonly artifact: { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json, readonly personal: ReadonlyArray<{ readonly path: string, readonly state: ValueState }>, readonly causes: { readonly total: number, readonly totalIsExact: boolean, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string, readonly props: Json }> }, readonly attestations: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json }> } } | null };

export type ColumnLineageQueryVariables = Exact<{
  of: ColumnInput;
  direction: Direction;
  asOf?: AsOf | null | undefined;
}>;


export type ColumnLineageQuery = { readonly columnLineage: { readonly asOf: string, readonly hasNextPage: boolean, readonly root: { readonly depth: number, readonly column: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly links: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly masking: boolean, readonly transformation: string | null, readonly from: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly to: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null } }> } }, readonly columns: ReadonlyArray<{ readonly depth: number, readonly column: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly links: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly masking: boolean, readonly transformation: string | null, readonly from: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly to: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null } }> } }> } };

export type ColumnStopFragment = { readonly depth: number, readonly column: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly links: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly masking: boolean, readonly transformation: string | null, readonly from: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null }, readonly to: { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null } }> } };

export type ColumnNameFragment = { readonly kind: Kind, readonly dataset: string, readonly namespace: string, readonly name: string, readonly column: string | null };

export type CompareQueryVariables = Exact<{
  a: string;
  b: string;
  asOf?: AsOf | null | undefined;
}>;


export type CompareQuery = { readonly diff: { readonly asOf: string, readonly truncated: boolean, readonly fields: ReadonlyArray<{ readonly field: string, readonly a: Json | null, readonly b: Json | null }>, readonly byKind: ReadonlyArray<{ readonly kind: Kind, readonly onlyA: number, readonly onlyB: number, readonly changed: number, readonly shared: number }>, readonly onlyA: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly depth: number }> }, readonly onlyB: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly depth: number }> }, readonly changed: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly a: { readonly id: string, readonly kind: Kind }, readonly b: { readonly id: string, readonly kind: Kind }, readonly fields: ReadonlyArray<{ readonly field: string, readonly a: Json | null, readonly b: Json | null }> }> } } };

export type DifferenceFragment = { readonly field: string, readonly a: Json | null, readonly b: Json | null };

export type OnlyInFragment = { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly depth: number }> };

export type EvidenceFileQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
}>;


export type EvidenceFileQuery = { readonly evidence: { readonly treeSize: string, readonly entries: number, readonly file: string } };

export type LineageGraphQueryVariables = Exact<{
  of: string;
  direction: Direction;
  depth?: number | null | undefined;
  asOf?: AsOf | null | undefined;
  filter?: LineageFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
  downstream: boolean;
  granted: boolean;
}>;


export type LineageGraphQuery = { readonly lineage: { readonly asOf: string, readonly hasNextPage: boolean, readonly endCursor: string | null, readonly incomplete?: Incomplete | null, readonly root: { readonly id: string, readonly kind: Kind, readonly depth: number, readonly artifact: { readonly declared: boolean, readonly occurredAt: string | null }, readonly edges: { readonly total: number, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string }> } }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly depth: number, readonly artifact: { readonly declared: boolean, readonly occurredAt: string | null }, readonly edges: { readonly total: number, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string }> } }>, readonly totals: { readonly nodes: number, readonly maxDepth: number }, readonly decisions?: { readonly precision: ImpactPrecision, readonly decisions: string, readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly model: string, readonly count: string }> } } };

export type LineageStopFragment = { readonly id: string, readonly kind: Kind, readonly depth: number, readonly artifact: { readonly declared: boolean, readonly occurredAt: string | null }, readonly edges: { readonly total: number, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string }> } };

export type PathGraphQueryVariables = Exact<{
  from: string;
  to: string;
  asOf?: AsOf | null | undefined;
}>;


export type PathGraphQuery = { readonly paths: { readonly asOf: string, readonly truncated: boolean, readonly paths: ReadonlyArray<{ readonly length: number, readonly steps: ReadonlyArray<{ readonly from: string, readonly to: string, readonly types: ReadonlyArray<EdgeType> }> }> } };

export type LogSizeQueryVariables = Exact<{ [key: string]: never; }>;


export type LogSizeQuery = { readonly log: { readonly treeSize: string, readonly recordedAt: string | null, readonly standing: LogStanding, readonly problem: string | null } };

export type HubEdgesQueryVariables = Exact<{
  of: string;
  direction: Direction;
  asOf?: AsOf | null | undefined;
}>;


export type HubEdgesQuery = { readonly lineage: { readonly root: { readonly id: string, readonly kind: Kind, readonly artifact: { readonly declared: boolean, readonly occurredAt: string | null }, readonly edges: { readonly total: number, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string }> } } } };

export type CodeFragment = { readonly repository: string, readonly commit: string, readonly path: string | null };

export type SummaryFragment = { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json };

export type FactFragment = { readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json };

export type FindingsQueryVariables = Exact<{
  types?: ReadonlyArray<string> | string | null | undefined;
  findingsOnly: boolean;
  after?: string | null | undefined;
}>;


export type FindingsQuery = { readonly attestations: { readonly asOf: string, readonly hasNextPage: boolean, readonly endCursor: string | null, readonly items: ReadonlyArray<{ readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json }> } };

export type ReadsQueryVariables = Exact<{
  by?: string | null | undefined;
  artifact?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type ReadsQuery = { readonly accessLog: { readonly asOf: string, readonly hasNextPage: boolean, readonly endCursor: string | null, readonly items: ReadonlyArray<{ readonly id: string, readonly recordedAt: string, readonly endedAt: string | null, readonly state: AccessState, readonly by: string, readonly roles: ReadonlyArray<string>, readonly purpose: string | null, readonly door: string, readonly operation: string | null, readonly artifacts: ReadonlyArray<string>, readonly values: number | null }> } };

export type HeadsQueryVariables = Exact<{ [key: string]: never; }>;


export type HeadsQuery = { readonly lineage: { readonly origin: string, readonly treeSize: string, readonly root: string, readonly note: string, readonly signedAt: string, readonly verifierKey: string }, readonly access: { readonly origin: string, readonly treeSize: string, readonly root: string, readonly note: string, readonly signedAt: string, readonly verifierKey: string }, readonly log: { readonly treeSize: string, readonly standing: LogStanding, readonly problem: string | null } };

export type HeadFragment = { readonly origin: string, readonly treeSize: string, readonly root: string, readonly note: string, readonly signedAt: string, readonly verifierKey: string };

export type CertificateQueryVariables = Exact<{
  id: string;
}>;


export type CertificateQuery = { readonly erasureCertificate: { readonly id: string, readonly generation: number | null, readonly basis: string, readonly requestedBy: string, readonly requestedAt: string, readonly completedAt: string, readonly asOf: string, readonly erased: { readonly artifacts: number, readonly attestations: number, readonly members: number, readonly withoutDigest: number, readonly byPath: ReadonlyArray<{ readonly path: string, readonly count: number }> }, readonly remains: { readonly statements: ReadonlyArray<string>, readonly datasets: { readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly location: string | null }> }, readonly models: { readonly truncated: boolean, readonly items: ReadonlyArray<string> } } } };

export type GrowthQueryVariables = Exact<{
  log: LogName;
  from: string | number;
  to: string | number;
}>;


export type GrowthQuery = { readonly consistencyProof: { readonly from: string, readonly fromRoot: string, readonly to: string, readonly toRoot: string, readonly hashes: ReadonlyArray<string> } };

export type WatchFindingsQueryVariables = Exact<{
  latestHours: number;
}>;


export type WatchFindingsQuery = { readonly watch: { readonly asOf: string, readonly looked: number, readonly totals: ReadonlyArray<{ readonly kind: WatchKind, readonly total: number }>, readonly findings: ReadonlyArray<{ readonly kind: WatchKind, readonly at: string | null, readonly message: string, readonly artifact: { readonly id: string } }> } };

export type RetentionRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type RetentionRulesQuery = { readonly retentionRules: { readonly digest: string, readonly version: string, readonly items: ReadonlyArray<{ readonly id: string, readonly basis: string, readonly kinds: ReadonlyArray<string> | null, readonly classifications: ReadonlyArray<string> | null, readonly namespaces: ReadonlyArray<string> | null, readonly keepFor: string | null, readonly eraseAfter: string | null, readonly purpose: string | null }> } };

export type RetentionPreviewQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RetentionPreviewQuery = { readonly retentionPreview: { readonly at: string, readonly rules: string, readonly version: string, readonly hasNextPage: boolean, readonly endCursor: string | null, readonly items: ReadonlyArray<{ readonly key: string, readonly action: RetentionAction, readonly reason: RetentionReason, readonly by: string | null, readonly basis: string | null, readonly until: string | null, readonly declarations: number, readonly overdue: number, readonly restricted: boolean, readonly purpose: string | null }> } };

export type GrantsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type GrantsQuery = { readonly grants: { readonly hasNextPage: boolean, readonly endCursor: string | null, readonly items: ReadonlyArray<{ readonly id: string, readonly holder: string, readonly purpose: string, readonly caseRef: string | null, readonly roots: ReadonlyArray<string>, readonly direction: GrantDirection, readonly depth: number | null, readonly kinds: ReadonlyArray<Kind> | null, readonly decidedFrom: string | null, readonly decidedTo: string | null, readonly asOf: string, readonly reveal: Reveal, readonly personal: boolean, readonly budget: number | null, readonly expiresAt: string, readonly issuedBy: string, readonly issuedAt: string, readonly profile: { readonly name: string, readonly digest: string } | null, readonly revocation: { readonly by: string, readonly reason: string, readonly at: string } | null }> } };

export type ProfilesQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfilesQuery = { readonly redactionProfiles: ReadonlyArray<{ readonly name: string, readonly digest: string, readonly declaredBy: string, readonly declaredAt: string }> };

export type GrantReadsQueryVariables = Exact<{
  by: string;
}>;


export type GrantReadsQuery = { readonly accessLog: { readonly hasNextPage: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly recordedAt: string, readonly state: AccessState, readonly operation: string | null, readonly door: string, readonly artifacts: ReadonlyArray<string> }> } };

export type IssueGrantMutationVariables = Exact<{
  input: GrantInput;
}>;


export type IssueGrantMutation = { readonly issueGrant: { readonly token: string, readonly grant: { readonly id: string, readonly holder: string, readonly purpose: string, readonly caseRef: string | null, readonly roots: ReadonlyArray<string>, readonly direction: GrantDirection, readonly depth: number | null, readonly kinds: ReadonlyArray<Kind> | null, readonly decidedFrom: string | null, readonly decidedTo: string | null, readonly asOf: string, readonly reveal: Reveal, readonly personal: boolean, readonly budget: number | null, readonly expiresAt: string, readonly issuedBy: string, readonly issuedAt: string, readonly profile: { readonly name: string, readonly digest: string } | null, readonly revocation: { readonly by: string, readonly reason: string, readonly at: string } | null } } };

export type RevokeGrantMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type RevokeGrantMutation = { readonly revokeGrant: { readonly id: string, readonly holder: string, readonly purpose: string, readonly caseRef: string | null, readonly roots: ReadonlyArray<string>, readonly direction: GrantDirection, readonly depth: number | null, readonly kinds: ReadonlyArray<Kind> | null, readonly decidedFrom: string | null, readonly decidedTo: string | null, readonly asOf: string, readonly reveal: Reveal, readonly personal: boolean, readonly budget: number | null, readonly expiresAt: string, readonly issuedBy: string, readonly issuedAt: string, readonly profile: { readonly name: string, readonly digest: string } | null, readonly revocation: { readonly by: string, readonly reason: string, readonly at: string } | null } };

export type GrantTermsFragment = { readonly id: string, readonly holder: string, readonly purpose: string, readonly caseRef: string | null, readonly roots: ReadonlyArray<string>, readonly direction: GrantDirection, readonly depth: number | null, readonly kinds: ReadonlyArray<Kind> | null, readonly decidedFrom: string | null, readonly decidedTo: string | null, readonly asOf: string, readonly reveal: Reveal, readonly personal: boolean, readonly budget: number | null, readonly expiresAt: string, readonly issuedBy: string, readonly issuedAt: string, readonly profile: { readonly name: string, readonly digest: string } | null, readonly revocation: { readonly by: string, readonly reason: string, readonly at: string } | null };

export type DashboardQueryVariables = Exact<{ [key: string]: never; }>;


export type DashboardQuery = { readonly dashboard: { readonly asOf: string, readonly attestations: string, readonly placeholders: string, readonly completeness: number, readonly kinds: ReadonlyArray<{ readonly kind: Kind, readonly total: string }>, readonly newest: ReadonlyArray<{ readonly id: string, readonly recordedAt: string | null }>, readonly newestDecisions: ReadonlyArray<{ readonly id: string, readonly occurredAt: string | null, readonly fields: Json }>, readonly findings: ReadonlyArray<{ readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json }>, readonly unfinishedRuns: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string }> }, readonly newestPlaceholders: ReadonlyArray<{ readonly id: string }>, readonly watch: { readonly totals: ReadonlyArray<{ readonly kind: WatchKind, readonly total: number }>, readonly findings: ReadonlyArray<{ readonly kind: WatchKind, readonly message: string, readonly artifact: { readonly id: string } }> }, readonly log: { readonly treeSize: string, readonly recordedAt: string | null, readonly standing: LogStanding, readonly problem: string | null } } };

export type ImpactOfQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
  modes?: ReadonlyArray<PredictionMode> | PredictionMode | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type ImpactOfQuery = { readonly impact: { readonly asOf: string, readonly artifacts: ReadonlyArray<{ readonly kind: Kind, readonly count: number }>, readonly models: { readonly hasNextPage: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly recordedAt: string | null }> }, readonly deployments: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly model: string, readonly endpoint: string | null, readonly environment: string | null, readonly deployedAt: string }> }, readonly decisions: { readonly total: string, readonly precision: ImpactPrecision, readonly byMode: ReadonlyArray<{ readonly mode: PredictionMode, readonly count: string }>, readonly byModel: { readonly total: number, readonly items: ReadonlyArray<{ readonly model: string, readonly count: string }> } } } };

export type ImpactedDecisionsQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
  modes?: ReadonlyArray<PredictionMode> | PredictionMode | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ImpactedDecisionsQuery = { readonly impactedDecisions: { readonly asOf: string, readonly precision: ImpactPrecision, readonly hasNextPage: boolean, readonly endCursor: string | null, readonly items: ReadonlyArray<{ readonly id: string, readonly decidedAt: string, readonly mode: PredictionMode, readonly model: string, readonly artifact: { readonly fields: Json } }> } };

export type DecisionSpanQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
}>;


export type DecisionSpanQuery = { readonly oldest: { readonly items: ReadonlyArray<{ readonly decidedAt: string }> }, readonly newest: { readonly items: ReadonlyArray<{ readonly decidedAt: string }> } };

export type DecisionsInQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
  from: string;
  to: string;
}>;


export type DecisionsInQuery = { readonly impact: { readonly decisions: { readonly total: string } } };

export type LogKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type LogKeyQuery = { readonly checkpoint: { readonly origin: string, readonly treeSize: string, readonly verifierKey: string, readonly signedAt: string } };

export type RankCausesQueryVariables = Exact<{
  suspects: ReadonlyArray<string> | string;
  controls: ReadonlyArray<string> | string;
}>;


export type RankCausesQuery = { readonly rootCause: { readonly asOf: string, readonly suspects: number, readonly controls: number, readonly followedByRow: number, readonly precision: ImpactPrecision, readonly tested: number, readonly total: number, readonly truncated: boolean, readonly candidates: ReadonlyArray<{ readonly suspects: number, readonly controls: number, readonly adjustedPValue: number, readonly riskDifference: number, readonly oddsRatio: number, readonly alike: number, readonly findingsTotal: number, readonly artifact: { readonly id: string, readonly kind: Kind }, readonly codeDifference: { readonly code: string, readonly siblings: ReadonlyArray<{ readonly id: string, readonly code: string }> } | null, readonly findings: ReadonlyArray<{ readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json }> }> } };

export type FindQueryVariables = Exact<{
  text: string;
  kinds?: ReadonlyArray<Kind> | Kind | null | undefined;
}>;


export type FindQuery = { readonly search: { readonly hasNextPage: boolean, readonly items: ReadonlyArray<{ readonly match: SearchMatch, readonly matched: string, readonly artifact: { readonly id: string, readonly declared: boolean } }> } };

export type StorylineQueryVariables = Exact<{
  prediction: string;
  asOf?: AsOf | null | undefined;
  personal: boolean;
}>;


export type StorylineQuery = { readonly trace: { readonly asOf: string, readonly rowState: ValueState, readonly prediction: { readonly id: string, readonly decidedAt: string, readonly recordedAt: string, readonly outcome: string | null, readonly score: number | null, readonly mode: string, readonly endpoint: string | null, readonly baseValue: number | null, readonly subjects?: ReadonlyArray<string> | null, readonly explanation?: string | null, readonly digest: string, readonly preprocessing: { readonly repository: string, readonly commit: string, readonly path: string | null } | null, readonly personal: ReadonlyArray<{ readonly path: string, readonly state: ValueState }> }, readonly model: { readonly id: string, readonly artifact: { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json }, readonly trainedOn: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json }>, readonly evaluatedOn: ReadonlyArray<{ readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json }> } | null, readonly features: ReadonlyArray<{ readonly name: string, readonly state: ValueState, readonly value?: Json | null, readonly contribution?: number | null, readonly definition: { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json } | null }>, readonly rows?: ReadonlyArray<{ readonly dataset: string, readonly key: Json, readonly depth: number, readonly from: string | null, readonly exact: boolean, readonly ends: RowEnd | null, readonly location: string | null, readonly contentDigest: string | null }> | null, readonly steps: ReadonlyArray<{ readonly id: string, readonly depth: number, readonly job: string, readonly state: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly reads: ReadonlyArray<string>, readonly code: { readonly repository: string, readonly commit: string, readonly path: string | null } | null }>, readonly attestations: ReadonlyArray<{ readonly about: ReadonlyArray<string>, readonly attestation: { readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json } }>, readonly completeness: { readonly complete: boolean, readonly checked: number, readonly missing: ReadonlyArray<{ readonly code: string, readonly artifact: string, readonly message: string }> } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ColumnNameFragmentDoc = new TypedDocumentString(`
    fragment ColumnName on Column {
  kind
  dataset
  namespace
  name
  column
}
    `, {"fragmentName":"ColumnName"}) as unknown as TypedDocumentString<ColumnNameFragment, unknown>;
export const ColumnStopFragmentDoc = new TypedDocumentString(`
    fragment ColumnStop on ColumnNode {
  depth
  column {
    ...ColumnName
  }
  links {
    total
    truncated
    items {
      masking
      transformation
      from {
        ...ColumnName
      }
      to {
        ...ColumnName
      }
    }
  }
}
    fragment ColumnName on Column {
  kind
  dataset
  namespace
  name
  column
}`, {"fragmentName":"ColumnStop"}) as unknown as TypedDocumentString<ColumnStopFragment, unknown>;
export const DifferenceFragmentDoc = new TypedDocumentString(`
    fragment Difference on FieldDifference {
  field
  a
  b
}
    `, {"fragmentName":"Difference"}) as unknown as TypedDocumentString<DifferenceFragment, unknown>;
export const OnlyInFragmentDoc = new TypedDocumentString(`
    fragment OnlyIn on DiffNodeList {
  total
  truncated
  items {
    id
    kind
    depth
  }
}
    `, {"fragmentName":"OnlyIn"}) as unknown as TypedDocumentString<OnlyInFragment, unknown>;
export const LineageStopFragmentDoc = new TypedDocumentString(`
    fragment LineageStop on LineageNode {
  id
  kind
  depth
  artifact {
    declared
    occurredAt
  }
  edges(first: 20) {
    total
    items {
      type
      from
      to
    }
  }
}
    `, {"fragmentName":"LineageStop"}) as unknown as TypedDocumentString<LineageStopFragment, unknown>;
export const CodeFragmentDoc = new TypedDocumentString(`
    fragment Code on CodeVersion {
  repository
  commit
  path
}
    `, {"fragmentName":"Code"}) as unknown as TypedDocumentString<CodeFragment, unknown>;
export const SummaryFragmentDoc = new TypedDocumentString(`
    fragment Summary on Artifact {
  id
  kind
  namespace
  name
  version
  declared
  digest
  occurredAt
  recordedAt
  declaredBy
  fields
}
    `, {"fragmentName":"Summary"}) as unknown as TypedDocumentString<SummaryFragment, unknown>;
export const FactFragmentDoc = new TypedDocumentString(`
    fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}
    `, {"fragmentName":"Fact"}) as unknown as TypedDocumentString<FactFragment, unknown>;
export const HeadFragmentDoc = new TypedDocumentString(`
    fragment Head on Checkpoint {
  origin
  treeSize
  root
  note
  signedAt
  verifierKey
}
    `, {"fragmentName":"Head"}) as unknown as TypedDocumentString<HeadFragment, unknown>;
export const GrantTermsFragmentDoc = new TypedDocumentString(`
    fragment GrantTerms on Grant {
  id
  holder
  purpose
  caseRef
  roots
  direction
  depth
  kinds
  decidedFrom
  decidedTo
  asOf
  reveal
  personal
  profile {
    name
    digest
  }
  budget
  expiresAt
  issuedBy
  issuedAt
  revocation {
    by
    reason
    at
  }
}
    `, {"fragmentName":"GrantTerms"}) as unknown as TypedDocumentString<GrantTermsFragment, unknown>;
export const ArtifactPageDocument = new TypedDocumentString(`
    query ArtifactPage($id: ID!, $asOf: AsOf) {
  artifact(id: $id, asOf: $asOf) {
    ...Summary
    personal {
      path
      state
    }
    causes(first: 200) {
      total
      totalIsExact
      truncated
      items {
        type
        from
        to
        props
      }
    }
    attestations(first: 200) {
      total
      truncated
      items {
        ...Fact
      }
    }
  }
}
    fragment Summary on Artifact {
  id
  kind
  namespace
  name
  version
  declared
  digest
  occurredAt
  recordedAt
  declaredBy
  fields
}
fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}`) as unknown as TypedDocumentString<ArtifactPageQuery, ArtifactPageQueryVariables>;
export const ColumnLineageDocument = new TypedDocumentString(`
    query ColumnLineage($of: ColumnInput!, $direction: Direction!, $asOf: AsOf) {
  columnLineage(of: $of, direction: $direction, asOf: $asOf, first: 200) {
    asOf
    hasNextPage
    root {
      ...ColumnStop
    }
    columns {
      ...ColumnStop
    }
  }
}
    fragment ColumnStop on ColumnNode {
  depth
  column {
    ...ColumnName
  }
  links {
    total
    truncated
    items {
      masking
      transformation
      from {
        ...ColumnName
      }
      to {
        ...ColumnName
      }
    }
  }
}
fragment ColumnName on Column {
  kind
  dataset
  namespace
  name
  column
}`) as unknown as TypedDocumentString<ColumnLineageQuery, ColumnLineageQueryVariables>;
export const CompareDocument = new TypedDocumentString(`
    query Compare($a: ID!, $b: ID!, $asOf: AsOf) {
  diff(a: $a, b: $b, asOf: $asOf, first: 100) {
    asOf
    truncated
    fields {
      ...Difference
    }
    byKind {
      kind
      onlyA
      onlyB
      changed
      shared
    }
    onlyA {
      ...OnlyIn
    }
    onlyB {
      ...OnlyIn
    }
    changed {
      total
      truncated
      items {
        a {
          id
          kind
        }
        b {
          id
          kind
        }
        fields {
          ...Difference
        }
      }
    }
  }
}
    fragment Difference on FieldDifference {
  field
  a
  b
}
fragment OnlyIn on DiffNodeList {
  total
  truncated
  items {
    id
    kind
    depth
  }
}`) as unknown as TypedDocumentString<CompareQuery, CompareQueryVariables>;
export const EvidenceFileDocument = new TypedDocumentString(`
    query EvidenceFile($of: ID!, $asOf: AsOf) {
  evidence(of: $of, asOf: $asOf) {
    treeSize
    entries
    file
  }
}
    `) as unknown as TypedDocumentString<EvidenceFileQuery, EvidenceFileQueryVariables>;
export const LineageGraphDocument = new TypedDocumentString(`
    query LineageGraph($of: ID!, $direction: Direction!, $depth: Int, $asOf: AsOf, $filter: LineageFilter, $first: PageSize!, $after: String, $downstream: Boolean!, $granted: Boolean!) {
  lineage(
    of: $of
    direction: $direction
    depth: $depth
    asOf: $asOf
    filter: $filter
    first: $first
    after: $after
  ) {
    asOf
    root {
      ...LineageStop
    }
    nodes {
      ...LineageStop
    }
    hasNextPage
    endCursor
    incomplete @include(if: $granted)
    totals {
      nodes
      maxDepth
    }
    decisions(first: 50) @include(if: $downstream) {
      precision
      decisions
      total
      truncated
      items {
        model
        count
      }
    }
  }
}
    fragment LineageStop on LineageNode {
  id
  kind
  depth
  artifact {
    declared
    occurredAt
  }
  edges(first: 20) {
    total
    items {
      type
      from
      to
    }
  }
}`) as unknown as TypedDocumentString<LineageGraphQuery, LineageGraphQueryVariables>;
export const PathGraphDocument = new TypedDocumentString(`
    query PathGraph($from: ID!, $to: ID!, $asOf: AsOf) {
  paths(from: $from, to: $to, asOf: $asOf, first: 10) {
    asOf
    truncated
    paths {
      length
      steps {
        from
        to
        types
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PathGraphQuery, PathGraphQueryVariables>;
export const LogSizeDocument = new TypedDocumentString(`
    query LogSize {
  log {
    treeSize
    recordedAt
    standing
    problem
  }
}
    `) as unknown as TypedDocumentString<LogSizeQuery, LogSizeQueryVariables>;
export const HubEdgesDocument = new TypedDocumentString(`
    query HubEdges($of: ID!, $direction: Direction!, $asOf: AsOf) {
  lineage(of: $of, direction: $direction, depth: 1, asOf: $asOf, first: 1) {
    root {
      id
      kind
      artifact {
        declared
        occurredAt
      }
      edges(first: 1000) {
        total
        items {
          type
          from
          to
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HubEdgesQuery, HubEdgesQueryVariables>;
export const FindingsDocument = new TypedDocumentString(`
    query Findings($types: [String!], $findingsOnly: Boolean!, $after: String) {
  attestations(
    types: $types
    findingsOnly: $findingsOnly
    first: 50
    after: $after
  ) {
    asOf
    hasNextPage
    endCursor
    items {
      ...Fact
    }
  }
}
    fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}`) as unknown as TypedDocumentString<FindingsQuery, FindingsQueryVariables>;
export const ReadsDocument = new TypedDocumentString(`
    query Reads($by: String, $artifact: ID, $after: String) {
  accessLog(by: $by, artifact: $artifact, first: 50, after: $after) {
    asOf
    hasNextPage
    endCursor
    items {
      id
      recordedAt
      endedAt
      state
      by
      roles
      purpose
      door
      operation
      artifacts
      values
    }
  }
}
    `) as unknown as TypedDocumentString<ReadsQuery, ReadsQueryVariables>;
export const HeadsDocument = new TypedDocumentString(`
    query Heads {
  lineage: checkpoint(log: LINEAGE) {
    ...Head
  }
  access: checkpoint(log: ACCESS) {
    ...Head
  }
  log {
    treeSize
    standing
    problem
  }
}
    fragment Head on Checkpoint {
  origin
  treeSize
  root
  note
  signedAt
  verifierKey
}`) as unknown as TypedDocumentString<HeadsQuery, HeadsQueryVariables>;
export const CertificateDocument = new TypedDocumentString(`
    query Certificate($id: ID!) {
  erasureCertificate(id: $id) {
    id
    generation
    basis
    requestedBy
    requestedAt
    completedAt
    asOf
    erased {
      artifacts
      attestations
      members
      withoutDigest
      byPath {
        path
        count
      }
    }
    remains {
      statements
      datasets {
        truncated
        items {
          id
          location
        }
      }
      models {
        truncated
        items
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CertificateQuery, CertificateQueryVariables>;
export const GrowthDocument = new TypedDocumentString(`
    query Growth($log: LogName!, $from: BigInt!, $to: BigInt!) {
  consistencyProof(log: $log, from: $from, to: $to) {
    from
    fromRoot
    to
    toRoot
    hashes
  }
}
    `) as unknown as TypedDocumentString<GrowthQuery, GrowthQueryVariables>;
export const WatchFindingsDocument = new TypedDocumentString(`
    query WatchFindings($latestHours: Float!) {
  watch(first: 50, latestHours: $latestHours) {
    asOf
    looked
    totals {
      kind
      total
    }
    findings {
      kind
      at
      message
      artifact {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WatchFindingsQuery, WatchFindingsQueryVariables>;
export const RetentionRulesDocument = new TypedDocumentString(`
    query RetentionRules {
  retentionRules {
    digest
    version
    items {
      id
      basis
      kinds
      classifications
      namespaces
      keepFor
      eraseAfter
      purpose
    }
  }
}
    `) as unknown as TypedDocumentString<RetentionRulesQuery, RetentionRulesQueryVariables>;
export const RetentionPreviewDocument = new TypedDocumentString(`
    query RetentionPreview($after: String) {
  retentionPreview(first: 50, after: $after) {
    at
    rules
    version
    hasNextPage
    endCursor
    items {
      key
      action
      reason
      by
      basis
      until
      declarations
      overdue
      restricted
      purpose
    }
  }
}
    `) as unknown as TypedDocumentString<RetentionPreviewQuery, RetentionPreviewQueryVariables>;
export const GrantsDocument = new TypedDocumentString(`
    query Grants($after: String) {
  grants(first: 50, after: $after) {
    hasNextPage
    endCursor
    items {
      ...GrantTerms
    }
  }
}
    fragment GrantTerms on Grant {
  id
  holder
  purpose
  caseRef
  roots
  direction
  depth
  kinds
  decidedFrom
  decidedTo
  asOf
  reveal
  personal
  profile {
    name
    digest
  }
  budget
  expiresAt
  issuedBy
  issuedAt
  revocation {
    by
    reason
    at
  }
}`) as unknown as TypedDocumentString<GrantsQuery, GrantsQueryVariables>;
export const ProfilesDocument = new TypedDocumentString(`
    query Profiles {
  redactionProfiles {
    name
    digest
    declaredBy
    declaredAt
  }
}
    `) as unknown as TypedDocumentString<ProfilesQuery, ProfilesQueryVariables>;
export const GrantReadsDocument = new TypedDocumentString(`
    query GrantReads($by: String!) {
  accessLog(by: $by, first: 20) {
    hasNextPage
    items {
      id
      recordedAt
      state
      operation
      door
      artifacts
    }
  }
}
    `) as unknown as TypedDocumentString<GrantReadsQuery, GrantReadsQueryVariables>;
export const IssueGrantDocument = new TypedDocumentString(`
    mutation IssueGrant($input: GrantInput!) {
  issueGrant(input: $input) {
    token
    grant {
      ...GrantTerms
    }
  }
}
    fragment GrantTerms on Grant {
  id
  holder
  purpose
  caseRef
  roots
  direction
  depth
  kinds
  decidedFrom
  decidedTo
  asOf
  reveal
  personal
  profile {
    name
    digest
  }
  budget
  expiresAt
  issuedBy
  issuedAt
  revocation {
    by
    reason
    at
  }
}`) as unknown as TypedDocumentString<IssueGrantMutation, IssueGrantMutationVariables>;
export const RevokeGrantDocument = new TypedDocumentString(`
    mutation RevokeGrant($id: ID!, $reason: String!) {
  revokeGrant(id: $id, reason: $reason) {
    ...GrantTerms
  }
}
    fragment GrantTerms on Grant {
  id
  holder
  purpose
  caseRef
  roots
  direction
  depth
  kinds
  decidedFrom
  decidedTo
  asOf
  reveal
  personal
  profile {
    name
    digest
  }
  budget
  expiresAt
  issuedBy
  issuedAt
  revocation {
    by
    reason
    at
  }
}`) as unknown as TypedDocumentString<RevokeGrantMutation, RevokeGrantMutationVariables>;
export const DashboardDocument = new TypedDocumentString(`
    query Dashboard {
  dashboard {
    asOf
    kinds {
      kind
      total
    }
    attestations
    placeholders
    completeness
    newest(first: 6) {
      id
      recordedAt
    }
    newestDecisions(first: 8) {
      id
      occurredAt
      fields
    }
    findings(first: 6) {
      ...Fact
    }
    unfinishedRuns(first: 5) {
      items {
        id
      }
      total
      truncated
    }
    newestPlaceholders(first: 5) {
      id
    }
    watch(first: 2) {
      totals {
        kind
        total
      }
      findings {
        kind
        message
        artifact {
          id
        }
      }
    }
    log {
      treeSize
      recordedAt
      standing
      problem
    }
  }
}
    fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}`) as unknown as TypedDocumentString<DashboardQuery, DashboardQueryVariables>;
export const ImpactOfDocument = new TypedDocumentString(`
    query ImpactOf($of: ID!, $asOf: AsOf, $modes: [PredictionMode!], $from: Timestamp, $to: Timestamp) {
  impact(of: $of, asOf: $asOf, modes: $modes, from: $from, to: $to) {
    asOf
    artifacts {
      kind
      count
    }
    models(first: 100) {
      hasNextPage
      items {
        id
        recordedAt
      }
    }
    deployments(first: 100) {
      total
      truncated
      items {
        model
        endpoint
        environment
        deployedAt
      }
    }
    decisions {
      total
      precision
      byMode {
        mode
        count
      }
      byModel(first: 100) {
        total
        items {
          model
          count
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ImpactOfQuery, ImpactOfQueryVariables>;
export const ImpactedDecisionsDocument = new TypedDocumentString(`
    query ImpactedDecisions($of: ID!, $asOf: AsOf, $modes: [PredictionMode!], $from: Timestamp, $to: Timestamp, $first: PageSize!, $after: String) {
  impactedDecisions(
    of: $of
    asOf: $asOf
    modes: $modes
    from: $from
    to: $to
    first: $first
    after: $after
  ) {
    asOf
    precision
    hasNextPage
    endCursor
    items {
      id
      decidedAt
      mode
      model
      artifact {
        fields
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ImpactedDecisionsQuery, ImpactedDecisionsQueryVariables>;
export const DecisionSpanDocument = new TypedDocumentString(`
    query DecisionSpan($of: ID!, $asOf: AsOf) {
  oldest: impactedDecisions(of: $of, asOf: $asOf, order: OLDEST_FIRST, first: 1) {
    items {
      decidedAt
    }
  }
  newest: impactedDecisions(of: $of, asOf: $asOf, order: NEWEST_FIRST, first: 1) {
    items {
      decidedAt
    }
  }
}
    `) as unknown as TypedDocumentString<DecisionSpanQuery, DecisionSpanQueryVariables>;
export const DecisionsInDocument = new TypedDocumentString(`
    query DecisionsIn($of: ID!, $asOf: AsOf, $from: Timestamp!, $to: Timestamp!) {
  impact(of: $of, asOf: $asOf, from: $from, to: $to) {
    decisions {
      total
    }
  }
}
    `) as unknown as TypedDocumentString<DecisionsInQuery, DecisionsInQueryVariables>;
export const LogKeyDocument = new TypedDocumentString(`
    query LogKey {
  checkpoint {
    origin
    treeSize
    verifierKey
    signedAt
  }
}
    `) as unknown as TypedDocumentString<LogKeyQuery, LogKeyQueryVariables>;
export const RankCausesDocument = new TypedDocumentString(`
    query RankCauses($suspects: [ID!]!, $controls: [ID!]!) {
  rootCause(suspects: $suspects, controls: $controls, first: 20) {
    asOf
    suspects
    controls
    followedByRow
    precision
    tested
    total
    truncated
    candidates {
      artifact {
        id
        kind
      }
      suspects
      controls
      adjustedPValue
      riskDifference
      oddsRatio
      alike
      codeDifference {
        code
        siblings {
          id
          code
        }
      }
      findings {
        ...Fact
      }
      findingsTotal
    }
  }
}
    fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}`) as unknown as TypedDocumentString<RankCausesQuery, RankCausesQueryVariables>;
export const FindDocument = new TypedDocumentString(`
    query Find($text: String!, $kinds: [Kind!]) {
  search(text: $text, kinds: $kinds, first: 8) {
    hasNextPage
    items {
      match
      matched
      artifact {
        id
        declared
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindQuery, FindQueryVariables>;
export const StorylineDocument = new TypedDocumentString(`
    query Storyline($prediction: ID!, $asOf: AsOf, $personal: Boolean!) {
  trace(prediction: $prediction, asOf: $asOf) {
    asOf
    prediction {
      id
      decidedAt
      recordedAt
      outcome
      score
      mode
      endpoint
      preprocessing {
        ...Code
      }
      baseValue
      subjects @include(if: $personal)
      explanation @include(if: $personal)
      personal {
        path
        state
      }
      digest
    }
    model {
      id
      artifact {
        ...Summary
      }
      trainedOn {
        ...Summary
      }
      evaluatedOn {
        ...Summary
      }
    }
    features {
      name
      state
      value @include(if: $personal)
      contribution @include(if: $personal)
      definition {
        ...Summary
      }
    }
    rows @include(if: $personal) {
      dataset
      key
      depth
      from
      exact
      ends
      location
      contentDigest
    }
    rowState
    steps {
      id
      depth
      job
      code {
        ...Code
      }
      state
      startedAt
      endedAt
      reads
    }
    attestations {
      about
      attestation {
        ...Fact
      }
    }
    completeness {
      complete
      checked
      missing {
        code
        artifact
        message
      }
    }
  }
}
    fragment Code on CodeVersion {
  repository
  commit
  path
}
fragment Summary on Artifact {
  id
  kind
  namespace
  name
  version
  declared
  digest
  occurredAt
  recordedAt
  declaredBy
  fields
}
fragment Fact on Attestation {
  id
  type
  occurredAt
  recordedAt
  declaredBy
  fields
}`) as unknown as TypedDocumentString<StorylineQuery, StorylineQueryVariables>;