/* Generated from web/app/graphql/*.graphql by `npm run generate`. Do not edit. */
import type { Json } from '../api/json.js';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The point in the log at which an answer is read: one of the two, or none for now. */
export type AsOf = {
  /** Everything recorded up to this time. */
  readonly time?: string | null | undefined;
  /** Number of entries: an entry with leaf index i is visible if i is less than this. */
  readonly treeSize?: string | number | null | undefined;
};

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
  /** It is there, but not for this reader. */
  | 'WITHHELD';

export type ArtifactPageQueryVariables = Exact<{
  id: string;
  asOf?: AsOf | null | undefined;
}>;


export type ArtifactPageQuery = { readonly artifact: { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json, readonly personal: ReadonlyArray<{ readonly path: string, readonly state: ValueState }>, readonly causes: { readonly total: number, readonly totalIsExact: boolean, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly type: EdgeType, readonly from: string, readonly to: string, readonly props: Json }> }, readonly attestations: { readonly total: number, readonly truncated: boolean, readonly items: ReadonlyArray<{ readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json }> } } | null };

export type EvidenceFileQueryVariables = Exact<{
  of: string;
  asOf?: AsOf | null | undefined;
}>;


export type EvidenceFileQuery = { readonly evidence: { readonly treeSize: string, readonly entries: number, readonly file: string } };

export type CodeFragment = { readonly repository: string, readonly commit: string, readonly path: string | null };

export type SummaryFragment = { readonly id: string, readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly declared: boolean, readonly digest: string | null, readonly occurredAt: string | null, readonly recordedAt: string | null, readonly declaredBy: string | null, readonly fields: Json };

export type FactFragment = { readonly id: string, readonly type: string, readonly occurredAt: string, readonly recordedAt: string, readonly declaredBy: string, readonly fields: Json };

export type RecentQueryVariables = Exact<{ [key: string]: never; }>;


export type RecentQuery = { readonly predictions: ReadonlyArray<{ readonly id: string, readonly outcome: string | null, readonly score: number | null, readonly occurredAt: string | null }> };

export type LogKeyQueryVariables = Exact<{ [key: string]: never; }>;


export type LogKeyQuery = { readonly checkpoint: { readonly origin: string, readonly treeSize: string, readonly verifierKey: string, readonly signedAt: string } };

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
export const EvidenceFileDocument = new TypedDocumentString(`
    query EvidenceFile($of: ID!, $asOf: AsOf) {
  evidence(of: $of, asOf: $asOf) {
    treeSize
    entries
    file
  }
}
    `) as unknown as TypedDocumentString<EvidenceFileQuery, EvidenceFileQueryVariables>;
export const RecentDocument = new TypedDocumentString(`
    query Recent {
  predictions(
    limit: 8
    sort: [{occurredAtMs: DESC}]
    where: {declared: {eq: true}}
  ) {
    id
    outcome
    score
    occurredAt
  }
}
    `) as unknown as TypedDocumentString<RecentQuery, RecentQueryVariables>;
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