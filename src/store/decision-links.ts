/**
 * What a batch says between decision groups and beside them: that decisions of one used the output of another's, and
 * that an attestation changed what a single decision was made by or from. Impact reads both; most batches say neither.
 */
import { kindOfUrn } from '../domain/urn.js';
import { OPEN_UNTIL } from './as-of.js';
import type { KnownNode, PlacedEntry } from './batch-plan.js';
import type { StatementRunner } from './database.js';
import { decisionLinkGroups, decisionMarkAmended } from './queries.gen.js';

/** Sends what brings the groups' links up to date; nodes, edges and groups of the batch must have been written before. */
export function writeDecisionLinks(
  tx: StatementRunner,
  placed: readonly PlacedEntry[],
  known: ReadonlyMap<string, KnownNode>,
): Promise<unknown>[] {
  const linked = new Set<string>();
  const amended = new Set<string>();
  for (const { item } of placed) {
    if (item.kind === 'Prediction') {
      // A placeholder may have been named by other decisions, and corrected, before it was declared.
      if (known.has(item.id)) amended.add(item.id);
      if (known.has(item.id) || item.edges.some(({ type }) => type === 'USED_OUTPUT_OF')) linked.add(item.id);
    } else if (item.kind === 'Attestation') {
      for (const { from, type } of [...item.edges, ...item.ends]) {
        if (kindOfUrn(from) === 'Prediction') (type === 'USED_OUTPUT_OF' ? linked : amended).add(from);
      }
    }
  }
  return [
    ...(linked.size === 0 ? [] : [tx.run(decisionLinkGroups, { ids: [...linked] })]),
    ...(amended.size === 0 ? [] : [tx.run(decisionMarkAmended, { ids: [...amended], open: OPEN_UNTIL })]),
  ];
}
