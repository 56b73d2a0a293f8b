/** The edges of artifacts that have more of them than the lineage says for each. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

import { ask } from '../../api/ask.js';
import { HubEdgesDocument, type AsOf } from '../../graphql/operations.gen.js';
import { allOrNone } from './all-or-none.js';
import type { LoadedPart } from '../../graph/lineage-graph.js';

/** Most artifacts whose many edges are asked for one by one. */
const MOST_HUBS = 30;

export interface Hubs {
  /** Undefined until all are there. */
  readonly data: readonly LoadedPart[] | undefined;
  readonly error: Error | null;
}

export function useHubs(parts: readonly LoadedPart[], asOf: AsOf | null): Hubs {
  const hubs = useMemo(
    () =>
      parts
        .flatMap(({ direction, stops }) => stops.map((stop) => ({ direction, ...stop })))
        .filter(({ edges }) => edges.total > edges.items.length)
        .slice(0, MOST_HUBS)
        .map(({ id, direction }) => ({ of: id, direction, asOf })),
    [parts, asOf],
  );
  return useQueries({
    queries: hubs.map((variables) => ({
      queryKey: ['ask', HubEdgesDocument.toString(), variables],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<LoadedPart> => ({
        direction: variables.direction,
        stops: [(await ask(HubEdgesDocument, variables, signal)).lineage.root],
      }),
    })),
    combine: allOrNone,
  });
}
