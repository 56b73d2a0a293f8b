/** The keys of the rows that decisions were made from. */
import type { RowKey } from '../domain/declaration.js';
import type { KeyReader } from '../store/keys/key-store.js';
import { kidsOf, kidsOfPaths, openPersonal, openValues } from '../store/stored-values.js';
import type { RowKeyOf } from './root-cause-dependence.js';
import type { UpstreamGraph } from './root-cause-graph.js';

/** Told whose personal values are read, how many, and the names of their keys; whoever may read none has none to tell, and gets none. */
export type Looked = (artifact: string, values: number, kids: ReadonlySet<string>) => void;

/** Keys by decision and data set; a personal one only if the read is told of, and while its subject's key exists. */
export async function rowKeysOf(
  { nodes }: Pick<UpstreamGraph, 'nodes'>,
  keyStore: KeyReader,
  looked: Looked | undefined,
): Promise<RowKeyOf> {
  const keys = looked && (await keyStore.keysOf(kidsOf(nodes.values())));
  const told = new Set<string>();
  return (decision, dataset) => {
    const props = nodes.get(decision);
    if (!props) return undefined;
    const path = `row/SCORED/${dataset}`;
    const open = openValues(props).get(path);
    if (open !== undefined) return open as RowKey;
    const value = keys && openPersonal(props, keys).get(path);
    if (value?.state !== 'OPEN') return undefined;
    const place = `${decision} ${path}`;
    if (!told.has(place)) looked?.(decision, 1, kidsOfPaths(props, new Set([path])));
    told.add(place);
    return value.value as RowKey;
  };
}
