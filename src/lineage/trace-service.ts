/** `trace`: the storyline of one decision, from its outcome back to the raw rows, with what is missing in it. */
import type { RowKey } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import { parseUrn } from '../domain/urn.js';
import type { Database } from '../store/database.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { LineageReader } from '../store/lineage-reader.js';
import { openValues, personalValues, sealedPaths, type StoredProps } from '../store/stored-values.js';
import { loadAncestry, type Ancestry, type AttestedFact } from './ancestry.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import { judgeCompleteness, type Completeness } from './completeness.js';
import { notFound } from './lineage-service.js';
import { rememberedGraph } from './remembered-graph.js';
import { traceRows, type TracedRow } from './row-trace.js';
import { runState, type RunState } from './run-state.js';
import { featureValues, type ReadValue, type TracedFeature, type Values } from './traced-features.js';

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
  /** The scored rows and where they came from; empty and `rowsWithheld` if the reader may not see their keys. */
  readonly rows: readonly TracedRow[];
  readonly rowsWithheld: boolean;
  readonly steps: readonly TracedStep[];
  readonly attestations: readonly AttestedFact[];
  readonly completeness: Completeness;
  readonly nodes: ReadonlyMap<string, StoredProps>;
}

export class TraceService {
  constructor(
    private readonly database: Database,
    private readonly keyStore: Pick<KeyStore, 'keyOf'>,
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
    return this.database.read(async (runner) => {
      const graph = new LineageReader(runner);
      const size = await resolveAsOf(asOf, runner);
      const ancestry = await loadAncestry(graph, prediction, size);
      const props = ancestry.nodes.get(prediction);
      if (!props) throw notFound(prediction);
      const values = this.valuesOf(props, mayReadPersonal);
      const scored = scoredRows(values);
      const rows = await traceRows(rememberedGraph(ancestry, graph), scored.rows, size);
      return assemble(ancestry, props, values, rows, scored.withheld);
    });
  }

  private valuesOf(props: StoredProps, mayReadPersonal: boolean): Values {
    const open = [...openValues(props)].map(([path, value]) => [path, { state: 'OPEN', value }] as const);
    const personal = mayReadPersonal
      ? [...personalValues(props, this.keyStore)]
      : sealedPaths(props).map((path) => [path, { state: 'WITHHELD' }] as const);
    return new Map<string, ReadValue>([...open, ...personal]);
  }
}

function assemble(
  ancestry: Ancestry,
  prediction: StoredProps,
  values: Values,
  rows: readonly TracedRow[],
  rowsWithheld: boolean,
): Trace {
  const [madeBy] = ancestry.edgesOf(ancestry.id, 'MADE_BY');
  const model = madeBy?.to ?? '';
  const features = featureValues(values, ancestry.edgesOf(model, 'USES'));
  return {
    asOf: ancestry.asOf,
    prediction,
    values,
    model,
    trainedOn: ancestry.edgesOf(model, 'TRAINED_ON').map((edge) => edge.to),
    evaluatedOn: ancestry.edgesOf(model, 'EVALUATED_ON').map((edge) => edge.to),
    features,
    rows,
    rowsWithheld,
    steps: stepsOf(ancestry),
    attestations: ancestry.attestations,
    completeness: judgeCompleteness(ancestry, features, rows),
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

function scoredRows(values: Values): { rows: TracedRow[]; withheld: boolean } {
  const rows: TracedRow[] = [];
  let withheld = false;
  for (const [path, value] of values) {
    if (!path.startsWith(ROW_PATH)) continue;
    if (value.state === 'OPEN')
      rows.push({ dataset: path.slice(ROW_PATH.length), key: value.value as RowKey, depth: 1, exact: true });
    else withheld = true;
  }
  return { rows, withheld };
}
