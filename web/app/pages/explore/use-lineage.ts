/** What the explorer has to show: the lineage of its root, and what was expanded beyond it, from the public API. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

import { ask } from '../../api/ask.js';
import {
  HubEdgesDocument,
  LineageGraphDocument,
  PathGraphDocument,
  type AsOf,
  type LineageGraphQuery,
  type LineageGraphQueryVariables,
  type PathGraphQuery,
} from '../../graphql/operations.gen.js';
import { parseId } from '../../parts/artifact-id.js';
import { useAnswer } from '../../api/use-answer.js';
import type { DecisionGroup } from './drawing.js';
import type { ExploreState } from './explore-state.js';
import { joinParts, type Direction, type LineageGraph, type LoadedPart } from './lineage-graph.js';

/** Most artifacts of one question: nearest first, so what is left out is the farthest. */
const MOST = 1_000;
/** Most artifacts whose many edges are asked for one by one. */
const MOST_HUBS = 30;

export interface Loaded {
  readonly graph: LineageGraph;
  readonly decisions: readonly DecisionGroup[];
  readonly asOf: string;
  /** Artifacts that the lineage has, and of them those that were loaded, where that is fewer. */
  readonly cut?: { readonly shown: number; readonly total: number };
}

export interface LoadState {
  readonly loaded: Loaded | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

export function useLineage(state: ExploreState): LoadState {
  const paths = useAnswer(
    PathGraphDocument,
    { from: state.of, to: state.to, asOf: state.asOf },
    { when: state.of !== '' && state.to !== '' },
  );
  const questions = useMemo(() => (state.of === '' || state.to !== '' ? [] : questionsOf(state)), [state]);
  const answers = useQueries({
    queries: questions.map((variables) => ({
      queryKey: ['ask', LineageGraphDocument.toString(), variables],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(LineageGraphDocument, variables, signal),
    })),
    combine: combined,
  });
  const parts = useMemo(() => partsOf(questions, answers.data ?? []), [questions, answers.data]);
  const hubs = useHubs(parts, state.asOf);
  const loaded = useMemo(() => {
    if (paths.data) return fromPaths(state.of, paths.data);
    return answers.data && hubs.data
      ? fromLineages(state.of, [...parts, ...hubs.data], answers.data)
      : undefined;
  }, [state.of, parts, paths.data, answers.data, hubs.data]);
  return {
    loaded,
    error: paths.error ?? answers.error ?? hubs.error,
    again: () => void paths.refetch().then(answers.again),
  };
}

interface Combined {
  readonly data: LineageGraphQuery[] | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

interface Answer {
  data: LineageGraphQuery | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** All answers, or none: half a graph would be another graph. */
function combined(answers: readonly Answer[]): Combined {
  const data = answers.flatMap((answer) => answer.data ?? []);
  return {
    data: data.length === answers.length && data.length > 0 ? data : undefined,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    again: () => answers.forEach(({ refetch }) => void refetch()),
  };
}

/** The edges of artifacts with more of them than the lineage says for each. */
function useHubs(
  parts: readonly LoadedPart[],
  asOf: AsOf | null,
): { data: LoadedPart[] | undefined; error: Error | null } {
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
    combine: combinedHubs,
  });
}

function combinedHubs(answers: readonly { data: LoadedPart | undefined; error: Error | null }[]): {
  data: LoadedPart[] | undefined;
  error: Error | null;
} {
  const data = answers.flatMap((answer) => answer.data ?? []);
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  return { data: data.length === answers.length ? data : undefined, error };
}

function questionsOf({ of, way, depth, asOf, expanded }: ExploreState): LineageGraphQueryVariables[] {
  const ways: readonly Direction[] = way === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [way];
  const ask = (id: string, direction: Direction, most: number | null): LineageGraphQueryVariables => ({
    of: id,
    direction,
    depth: most,
    asOf,
    first: MOST,
    downstream: direction === 'DOWNSTREAM',
  });
  return [
    ...ways.map((direction) => ask(of, direction, depth)),
    ...expanded.map(({ id, direction }) => ask(id, direction, 1)),
  ];
}

function partsOf(
  questions: readonly LineageGraphQueryVariables[],
  answers: readonly LineageGraphQuery[],
): LoadedPart[] {
  return answers.map(({ lineage }, i) => ({
    direction: questions[i]?.direction ?? 'UPSTREAM',
    stops: [lineage.root, ...lineage.nodes],
  }));
}

function fromLineages(
  root: string,
  parts: readonly LoadedPart[],
  answers: readonly LineageGraphQuery[],
): Loaded {
  const groups = new Map(
    answers.flatMap(({ lineage }) => lineage.decisions?.items ?? []).map((item) => [item.model, item]),
  );
  const cut = answers.find(({ lineage }) => lineage.hasNextPage)?.lineage;
  return {
    graph: joinParts(root, parts),
    decisions: [...groups.values()],
    asOf: answers[0]?.lineage.asOf ?? '',
    ...(cut ? { cut: { shown: cut.nodes.length, total: cut.totals.nodes } } : {}),
  };
}

/** Paths say ids and edges only; whether something is declared is not asked. */
function fromPaths(root: string, { paths }: PathGraphQuery): Loaded {
  const steps = paths.paths.flatMap((path) => path.steps);
  const ids = [...new Set([root, ...steps.flatMap(({ from, to }) => [from, to])])];
  const stops = ids.map((id) => ({
    id,
    kind: parseId(id).kind ?? ('Dataset' as const),
    artifact: { declared: true, occurredAt: null },
    edges: {
      total: 0,
      items: steps
        .filter(({ from }) => from === id)
        .flatMap(({ from, to, types }) => types.map((type) => ({ type, from, to }))),
    },
  }));
  return { graph: joinParts(root, [{ direction: 'UPSTREAM', stops }]), decisions: [], asOf: paths.asOf };
}
