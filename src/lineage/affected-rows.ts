/**
 * Which decisions of some groups an artifact affects, followed row by row. A union counts for a decision only if its part
 * holds the decision's row, so that a faulty delivery is not blamed for decisions about the others.
 */
import type { StatementRunner } from '../store/database.js';
import { ANY_TIME, type DecisionGroup, type ImpactReader } from '../store/impact-reader.js';
import type { KeyReader } from '../store/keys/key-store.js';
import { MAX_ROWS_FOLLOWED, type FollowedDecisions } from './affected-decisions.js';
import { beforeFirst } from './impact-page.js';
import { DependenceFinder } from './root-cause-dependence.js';
import { loadUpstream, type UpstreamGraph } from './root-cause-graph.js';
import { rowKeysOf, type Looked } from './row-keys.js';

/** What following rows needs: the keys of rows are personal. */
export interface RowAccess {
  readonly runner: StatementRunner;
  readonly keyStore: KeyReader;
  readonly looked: Looked | undefined;
}

/** The decisions of the groups that depend on `of`; the caller bounds how many the groups have. */
export async function followRows(
  reader: ImpactReader,
  { runner, keyStore, looked }: RowAccess,
  { of, asOf, groups }: { of: string; asOf: number; groups: readonly DecisionGroup[] },
): Promise<FollowedDecisions> {
  const groupOf = new Map(groups.map((group) => [group.number, group]));
  const order = 'OLDEST_FIRST';
  const found = await reader.decisions(
    [...groupOf.keys()],
    order,
    ANY_TIME,
    beforeFirst(order, ANY_TIME),
    MAX_ROWS_FOLLOWED,
  );
  const ids = found.map(({ id }) => id);
  const graph = asImpactSees(await loadUpstream(runner, ids, asOf));
  const finder = new DependenceFinder(graph, await rowKeysOf(graph, keyStore, looked));
  const dependences = new Map(ids.map((id) => [id, finder.of(id)]));
  const single = found.flatMap((decision) => {
    const group = groupOf.get(decision.number);
    return group && dependences.get(decision.id)?.on.has(of) ? [{ ...decision, group }] : [];
  });
  return { single, byRow: [...dependences.values()].every(({ byRow }) => byRow) };
}

/** Data is not blamed for the features that were once defined on it. */
function asImpactSees(graph: UpstreamGraph): UpstreamGraph {
  const edges = new Map(
    [...graph.edges].map(([id, items]) => [
      id,
      items.filter(({ type, to }) => type !== 'DERIVED_FROM' || !to.startsWith('dataset:')),
    ]),
  );
  return { ...graph, edges, datasets: { ...graph.datasets, edges } };
}
