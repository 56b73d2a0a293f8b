/** What the explorer has to show: the lineage of its root, and what was expanded beyond it, from the public API. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

import { PathGraphDocument, type PathGraphQuery } from '../../graphql/operations.gen.js';
import { parseId } from '../../parts/artifact-id.js';
import { useMay } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import { allOrNone } from './all-or-none.js';
import { askLineage, type Lineage } from './ask-lineage.js';
import type { DecisionGroup } from '../../graph/drawing.js';
import type { ExploreState } from './explore-state.js';
import { joinParts, type LineageGraph, type LoadedPart } from '../../graph/lineage-graph.js';
import { questionsOf, type Question } from './lineage-questions.js';
import { useHubs } from './use-hubs.js';

export interface Loaded {
  readonly graph: LineageGraph;
  readonly decisions: readonly DecisionGroup[];
  readonly asOf: string;
  /** Under a grant, whether something is hidden or lies where the grant does not go. */
  readonly isPartial: boolean;
  /** What passes the filter; null without one. */
  readonly passes: Passes | null;
  /** Lineages that have more artifacts than were loaded. */
  readonly cut: readonly { readonly of: string; readonly shown: number; readonly total: number }[];
}

export interface Passes {
  readonly ids: ReadonlySet<string>;
  /** How many of the root's lineage pass, whether they are loaded or not; with both directions, the sum. */
  readonly total: number;
  /** How many of them are loaded. */
  readonly loaded: number;
  /** Those that lie beyond the nearest that were loaded: the way to them is not known to the page. */
  readonly beyond: number;
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
  const granted = !useMay('READ_LINEAGE');
  const { of, to, way, depth, asOf, expanded, most, filter } = state;
  const questions = useMemo(
    () =>
      of === '' || to !== '' ? [] : questionsOf({ of, way, depth, asOf, expanded, most, filter }, granted),
    [of, to, way, depth, asOf, expanded, most, filter, granted],
  );
  const answers = useQueries({
    queries: questions.map((question) => ({
      queryKey: ['ask', 'lineage', question],
      queryFn: ({ signal }: { signal: AbortSignal }) => askLineage(question, signal),
    })),
    combine: allOrNone<Lineage>,
  });
  const parts = useMemo(() => partsOf(questions, answers.data ?? []), [questions, answers.data]);
  const hubs = useHubs(parts, state.asOf);
  const loaded = useMemo(() => {
    if (paths.data) return fromPaths(state.of, paths.data);
    return answers.data && answers.data.length > 0 && hubs.data
      ? fromLineages(state.of, [...parts, ...hubs.data], questions, answers.data)
      : undefined;
  }, [state.of, parts, paths.data, questions, answers.data, hubs.data]);
  return {
    loaded,
    error: paths.error ?? answers.error ?? hubs.error,
    again: () => void paths.refetch().then(answers.again),
  };
}

function partsOf(questions: readonly Question[], answers: readonly Lineage[]): LoadedPart[] {
  return answers.map(({ root, nodes }, i) => ({
    direction: questions[i]?.direction ?? 'UPSTREAM',
    stops: [root, ...nodes],
  }));
}

function fromLineages(
  root: string,
  parts: readonly LoadedPart[],
  questions: readonly Question[],
  answers: readonly Lineage[],
): Loaded {
  const isFiltered = (i: number): boolean => questions[i]?.filter != null;
  const whole = answers.filter((_answer, i) => !isFiltered(i));
  const passing = answers.filter((_answer, i) => isFiltered(i));
  const groups = new Map(
    whole.flatMap(({ decisions }) => decisions?.items ?? []).map((item) => [item.model, item]),
  );
  return {
    graph: joinParts(root, parts),
    // They are counted whole, so none of them passes a filter or fails it.
    decisions: passing.length > 0 ? [] : [...groups.values()],
    passes: passing.length === 0 ? null : passesOf(root, whole, passing),
    asOf: answers[0]?.asOf ?? '',
    isPartial: answers.some(({ incomplete }) => incomplete != null),
    cut: whole
      .filter(({ hasNextPage }) => hasNextPage)
      .map((answer) => ({ of: answer.root.id, shown: answer.nodes.length, total: answer.totals.nodes })),
  };
}

function passesOf(root: string, whole: readonly Lineage[], passing: readonly Lineage[]): Passes {
  const near = new Set(whole.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const ids = new Set(passing.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const ofRoot = passing.filter((answer) => answer.root.id === root);
  return {
    ids,
    total: ofRoot.reduce((sum, { totals }) => sum + totals.nodes, 0),
    loaded: ofRoot.reduce((sum, { nodes }) => sum + nodes.length, 0),
    beyond: [...ids].filter((id) => !near.has(id)).length,
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
  return {
    graph: joinParts(root, [{ direction: 'UPSTREAM', stops }]),
    decisions: [],
    passes: null,
    asOf: paths.asOf,
    cut: [],
    isPartial: false,
  };
}
