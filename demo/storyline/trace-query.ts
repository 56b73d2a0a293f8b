/** The question that a storyline is the answer to: one call, everything in it. */
import type { CodeVersion, Json, RowKey } from '../../src/sdk/index.js';

type Fields = Readonly<Record<string, Json>>;

interface Described {
  readonly id: string;
  readonly fields: Fields;
}

export interface TracedFeature {
  readonly name: string;
  readonly state: 'OPEN' | 'WITHHELD' | 'ERASED' | 'KEY_LOST' | 'MISSING';
  readonly value: Json | null;
  readonly contribution: number | null;
  readonly definition: Described | null;
}

export interface TracedRow {
  readonly dataset: string;
  readonly key: RowKey;
  /** The data set whose row led here; null for the row that was scored. */
  readonly from: string | null;
  readonly exact: boolean;
  /** Why the path ends here; null if it goes on. */
  readonly ends: 'SOURCE' | 'AGGREGATED' | 'NOT_DECLARED' | 'DATASET_NOT_DECLARED' | null;
  readonly location: string | null;
  readonly contentDigest: string | null;
}

export interface TracedStep {
  readonly id: string;
  readonly job: string;
  readonly code: CodeVersion | null;
  readonly state: string | null;
  readonly endedAt: string | null;
}

export interface TracedAttestation {
  readonly attestation: { readonly type: string; readonly occurredAt: string; readonly fields: Fields };
  readonly about: readonly string[];
}

/** The answer to {@link TRACE_QUERY}; null where the reader may not see something. */
export interface Trace {
  readonly asOf: string;
  readonly prediction: {
    readonly id: string;
    readonly decidedAt: string;
    readonly outcome: string | null;
    readonly score: number | null;
    readonly mode: string;
    readonly endpoint: string | null;
    readonly preprocessing: CodeVersion | null;
    readonly baseValue: number | null;
    readonly explanation: string | null;
  };
  readonly model: {
    readonly id: string;
    readonly artifact: { readonly fields: Fields };
    readonly trainedOn: readonly Described[];
    readonly evaluatedOn: readonly Described[];
  };
  readonly features: readonly TracedFeature[];
  readonly rows: readonly TracedRow[] | null;
  readonly steps: readonly TracedStep[];
  readonly attestations: readonly TracedAttestation[];
  readonly completeness: {
    readonly complete: boolean;
    readonly checked: number;
    readonly missing: readonly { readonly artifact: string; readonly message: string }[];
  };
}

export const TRACE_QUERY = `
  query Storyline($prediction: ID!) {
    trace(prediction: $prediction) {
      asOf
      prediction {
        id decidedAt outcome score mode endpoint baseValue explanation
        preprocessing { repository commit path }
      }
      model {
        id
        artifact { fields }
        trainedOn { id fields }
        evaluatedOn { id fields }
      }
      features { name state value contribution definition { id fields } }
      rows { dataset key from exact ends location contentDigest }
      steps { id job code { repository commit path } state endedAt }
      attestations { attestation { type occurredAt fields } about }
      completeness { complete checked missing { artifact message } }
    }
  }
`;
