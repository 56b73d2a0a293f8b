/** `trace`: the storyline of one decision, from its outcome back to the raw rows, with what is missing in it. */
import type { RowKey } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import { parseUrn } from '../domain/urn.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import { loadAncestry, type Ancestry, type AttestedFact } from './ancestry.js';
import type { AsOfInput } from './as-of.js';
import { judgeCompleteness, type Completeness, type UnreadRow } from './completeness.js';
import type { GraphSource } from './lineage-graph.js';
import type { PersonalMember, PersonalMembers } from './personal-service.js';
import { rememberedGraph } from './remembered-graph.js';
import { traceRows, type TracedRow } from './row-trace.js';
import { runState, type RunState } from './run-state.js';
import {
  featureValues,
  type ReadState,
  type ReadValue,
  type TracedFeature,
  type Values,
} from './traced-features.js';

export interface TraceArgs {
  readonly prediction: string;
  readonly asOf?: AsOfInput | null | undefined;
}

/** A run on the way, with what it read and made. */
export interface TracedStep {
  readonly id: string;
  readonly depth: number;
  readonly state: RunState;
  readonly reads: readonly string[];
}

export interface Trace {
  readonly asOf: number;
  readonly prediction: StoredProps;
  /** Personal fields as far as the reader may see them. */
  readonly values: Values;
  readonly model: string;
  readonly trainedOn: readonly string[];
  readonly evaluatedOn: readonly string[];
  readonly features: readonly TracedFeature[];
  /** Its personal members, the keys of rows among them. */
  readonly personal: readonly PersonalMember[];
  /** The scored rows and where they came from, as far as their keys can be read. */
  readonly rows: readonly TracedRow[];
  /** `OPEN` if every row's key can be read, else what stands in the way; `MISSING` if no row was declared. */
  readonly rowState: ReadState;
  readonly steps: readonly TracedStep[];
  readonly attestations: readonly AttestedFact[];
  readonly completeness: Completeness;
  readonly nodes: ReadonlyMap<string, StoredProps>;
}

export class TraceService {
  constructor(
    private readonly graphs: GraphSource,
    private readonly personal: PersonalMembers,
  ) {}

  /** Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async trace({ prediction, asOf }: TraceArgs, mayReadPersonal: boolean): Promise<Trace> {
    const { kind } = parseUrn(prediction);
    if (kind !== 'Prediction') {
      throw new PedigreeError(
        'URN_KIND_MISMATCH',
        required('trace takes the id of a prediction', prediction),
      );
    }
    return this.graphs.read(async (graph) => {
      const size = await graph.asOf(asOf);
      const ancestry = await loadAncestry(graph, prediction, size);
      const personal = await this.personal.membersOf(ancestry.root, mayReadPersonal);
      const values = valuesOf(ancestry.root, personal);
      const scored = scoredRows(values);
      const rows = await traceRows(rememberedGraph(ancestry, graph), scored.rows, size);
      return assemble(ancestry, { values, personal, rows, unread: scored.unread });
    });
  }
}

function valuesOf(props: StoredProps, personal: readonly PersonalMember[]): Values {
  const open = [...openValues(props)].map(([path, value]) => [path, { state: 'OPEN', value }] as const);
  return new Map<string, ReadValue>([...open, ...personal.map(({ path, read }) => [path, read] as const)]);
}

/** What a decision says, as this reader sees it. */
interface ReadDecision {
  readonly values: Values;
  readonly personal: readonly PersonalMember[];
  readonly rows: readonly TracedRow[];
  readonly unread: readonly UnreadRow[];
}

function assemble(ancestry: Ancestry, { values, personal, rows, unread }: ReadDecision): Trace {
  const [madeBy] = ancestry.edgesOf(ancestry.id, 'MADE_BY');
  const model = madeBy?.to ?? '';
  const features = featureValues(values, ancestry.edgesOf(model, 'USES'));
  return {
    asOf: ancestry.asOf,
    prediction: ancestry.root,
    values,
    personal,
    model,
    trainedOn: ancestry.edgesOf(model, 'TRAINED_ON').map((edge) => edge.to),
    evaluatedOn: ancestry.edgesOf(model, 'EVALUATED_ON').map((edge) => edge.to),
    features,
    rows,
    rowState: unread[0]?.state ?? (rows.length > 0 ? 'OPEN' : 'MISSING'),
    steps: stepsOf(ancestry),
    attestations: ancestry.attestations,
    completeness: judgeCompleteness(ancestry, features, rows, unread),
    nodes: ancestry.nodes,
  };
}

function stepsOf(ancestry: Ancestry): TracedStep[] {
  return ancestry.ancestors
    .filter(({ id }) => id.startsWith('transform:'))
    .map(({ id, depth }) => ({
      id,
      depth,
      state: runState(id, ancestry.attestations),
      reads: ancestry.edgesOf(id, 'READ').map((edge) => edge.to),
    }));
}

const ROW_PATH = 'row/SCORED/';

function scoredRows(values: Values): { rows: TracedRow[]; unread: UnreadRow[] } {
  const rows: TracedRow[] = [];
  const unread: UnreadRow[] = [];
  for (const [path, value] of values) {
    if (!path.startsWith(ROW_PATH)) continue;
    const dataset = path.slice(ROW_PATH.length);
    if (value.state === 'OPEN') rows.push({ dataset, key: value.value as RowKey, depth: 1, exact: true });
    else unread.push({ dataset, state: value.state });
  }
  return { rows, unread };
}
