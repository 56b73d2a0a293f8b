/** Notes which artifacts are named and not yet declared, so that a reader can count and list them without a scan. */
import { kindOfUrn } from '../domain/urn.js';
import type { BatchPlan, KnownNode } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import { overviewArriveArtifacts, overviewAwaitArtifacts } from './queries.gen.js';

/** Sends what a batch makes wait and what it fills. */
export function writeAwaited(
  tx: StatementRunner,
  { placed, newNodes }: Pick<BatchPlan, 'placed' | 'newNodes'>,
  known: ReadonlyMap<string, KnownNode>,
): Promise<unknown>[] {
  const declared = new Set(placed.map(({ item }) => item.id));
  const rows = [...newNodes]
    .filter(([id]) => !declared.has(id))
    .map(([id, seq]) => ({ id, kind: kindOfUrn(id), seq }));
  const ids = placed.flatMap(({ item }) =>
    item.kind !== 'Attestation' && known.has(item.id) ? [item.id] : [],
  );
  return [
    ...(rows.length === 0 ? [] : [tx.run(overviewAwaitArtifacts, { rows })]),
    ...(ids.length === 0 ? [] : [tx.run(overviewArriveArtifacts, { ids })]),
  ];
}
