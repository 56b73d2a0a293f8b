/** Everything upstream of some decisions, in memory: a handful of statements, however many decisions there are. */
import type { HeldKeys } from '../domain/declaration.js';
import { PedigreeError, required } from '../domain/errors.js';
import { kindOfUrn } from '../domain/urn.js';
import type { StatementRunner } from '../store/database.js';
import { LineageReader, type StoredEdge } from '../store/lineage-reader.js';
import { impactListAncestors } from '../store/queries.gen.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import { notFound } from './lineage-service.js';
import type { RowDatasets } from './row-trace.js';

/** Most artifacts upstream of all decisions together. */
const MAX_ANCESTORS = 5_000;
const MAX_EDGES = 10_000;

export interface UpstreamGraph {
  readonly nodes: ReadonlyMap<string, StoredProps>;
  /** The edges to an artifact's causes. */
  readonly edges: ReadonlyMap<string, readonly StoredEdge[]>;
  /** The same, as following a row needs it. */
  readonly datasets: RowDatasets;
}

/** Errors: `NOT_FOUND` for a decision that is not declared as of the point, `BAD_INPUT` for too large an ancestry. */
export async function loadUpstream(
  runner: StatementRunner,
  decisions: readonly string[],
  asOf: number,
): Promise<UpstreamGraph> {
  const reader = new LineageReader(runner);
  const own = await reader.edges(decisions, 'UPSTREAM', asOf, MAX_EDGES);
  const parents = new Set([...own.values()].flatMap(({ items }) => items.map(({ to }) => to)));
  const params = { ids: [...parents], asOf, first: MAX_ANCESTORS + 1 };
  const ancestors = (await runner.run(impactListAncestors, params)).map(({ id }) => id);
  if (ancestors.length > MAX_ANCESTORS) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(
        `the decisions together may depend on at most ${MAX_ANCESTORS.toLocaleString('en')} artifacts; ask about fewer`,
        'more',
      ),
    );
  }
  const edges = await reader.edges(ancestors, 'UPSTREAM', asOf, MAX_EDGES);
  const nodes = await reader.nodes([...decisions, ...ancestors], asOf);
  const missing = decisions.find((id) => nodes.get(id)?.declared !== true);
  if (missing !== undefined) throw notFound(missing);
  const all = new Map([...edges, ...own].map(([id, { items }]) => [id, items]));
  return { nodes, edges: all, datasets: { edges: all, ...statedKeys(nodes) } };
}

function statedKeys(nodes: ReadonlyMap<string, StoredProps>): Pick<RowDatasets, 'keys' | 'declared'> {
  const datasets = [...nodes].filter(([id]) => kindOfUrn(id) === 'Dataset');
  return {
    keys: new Map(
      datasets.map(([id, props]) => [id, openValues(props).get('value/keys') as HeldKeys | undefined]),
    ),
    declared: new Set(datasets.flatMap(([id, props]) => (props.declared === true ? [id] : []))),
  };
}
