/** What both of two artifacts come from, the nearest of it, as of the point at which they were compared. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

import { useMay } from '../../api/session.js';
import { allOrNone } from '../explore/all-or-none.js';
import { askLineage, type Lineage } from '../explore/ask-lineage.js';
import type { Question } from '../explore/lineage-questions.js';
import { useHubs } from '../explore/use-hubs.js';
import type { Ancestries } from './diff-graph.js';

/** Artifacts of each ancestry that are loaded at most. */
const NEAREST = 1_000;

export interface AskedAncestries {
  /** Undefined until both are there. */
  readonly data: Ancestries | undefined;
  readonly error: Error | null;
}

export function useAncestries(a: string, b: string, treeSize: string): AskedAncestries {
  // A grant is as of one point.
  const mayGoBack = useMay('READ_LINEAGE');
  const questions = useMemo(
    () =>
      [a, b].map((of): Question => {
        const asOf = mayGoBack ? { treeSize } : null;
        return {
          of,
          direction: 'UPSTREAM',
          depth: null,
          asOf,
          granted: !mayGoBack,
          most: NEAREST,
          filter: null,
        };
      }),
    [a, b, treeSize, mayGoBack],
  );
  const { data, error } = useQueries({
    queries: questions.map((question) => ({
      queryKey: ['ask', 'lineage', question],
      queryFn: ({ signal }: { signal: AbortSignal }) => askLineage(question, signal),
    })),
    combine: allOrNone<Lineage>,
  });
  const parts = useMemo(
    () =>
      (data ?? []).map(({ root, nodes }) => ({ direction: 'UPSTREAM' as const, stops: [root, ...nodes] })),
    [data],
  );
  const hubs = useHubs(parts, questions[0]?.asOf ?? null);
  const ancestries = useMemo(() => {
    const [ofA, ofB] = parts;
    return ofA && ofB && hubs.data ? { a, b, ofA, ofB, hubs: hubs.data } : undefined;
  }, [a, b, parts, hubs.data]);
  return { data: ancestries, error: error ?? hubs.error };
}
