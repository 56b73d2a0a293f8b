/** The keys of the rows that decisions were made from. */
import type { RowKey } from '../domain/declaration.js';
import type { KeyReader } from '../store/keys/key-store.js';
import { kidsOf, openPersonal, openValues } from '../store/stored-values.js';
import type { RowKeyOf } from './root-cause-dependence.js';
import type { UpstreamGraph } from './root-cause-graph.js';

/** Keys by decision and data set; a personal one only for those who may read it, and while its subject's key exists. */
export async function rowKeysOf(
  { nodes }: Pick<UpstreamGraph, 'nodes'>,
  keyStore: KeyReader,
  mayReadPersonal: boolean,
): Promise<RowKeyOf> {
  const keys = mayReadPersonal ? await keyStore.keysOf(kidsOf(nodes.values())) : undefined;
  return (decision, dataset) => {
    const props = nodes.get(decision);
    if (!props) return undefined;
    const path = `row/SCORED/${dataset}`;
    const open = openValues(props).get(path);
    if (open !== undefined) return open as RowKey;
    const value = keys && openPersonal(props, keys).get(path);
    return value?.state === 'OPEN' ? (value.value as RowKey) : undefined;
  };
}
