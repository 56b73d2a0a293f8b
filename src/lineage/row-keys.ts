/** The keys of the rows that decisions were made from. */
import type { RowKey } from '../domain/declaration.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { openValues, personalValues } from '../store/stored-values.js';
import type { RowKeyOf } from './root-cause-dependence.js';
import type { UpstreamGraph } from './root-cause-graph.js';

/** Keys by decision and data set; a personal one only for those who may read it, and while its subject's key exists. */
export function rowKeysOf(
  { nodes }: Pick<UpstreamGraph, 'nodes'>,
  keyStore: Pick<KeyStore, 'keyOf'>,
  mayReadPersonal: boolean,
): RowKeyOf {
  return (decision, dataset) => {
    const props = nodes.get(decision);
    if (!props) return undefined;
    const path = `row/SCORED/${dataset}`;
    const open = openValues(props).get(path);
    if (open !== undefined) return open as RowKey;
    const value = mayReadPersonal ? personalValues(props, keyStore).get(path) : undefined;
    return value?.state === 'OPEN' ? (value.value as RowKey) : undefined;
  };
}
