/** Everything that the explorer shows is in its address: sent to somebody, it shows them the same. */
import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'wouter';

import type { AsOf, Kind, LineageFilter } from '../../graphql/operations.gen.js';
import { ALL_KINDS, parseId } from '../../parts/artifact-id.js';
import { asOfFrom } from '../../parts/as-of.js';
import { filterOf, readPassing, type Passing } from './passing.js';
import type { Direction } from '../../graph/lineage-graph.js';

export type Way = Direction | 'BOTH';

export interface Expansion {
  readonly id: string;
  readonly direction: Direction;
}

export interface FollowedColumn {
  /** Id of a version of the data set, or of the feature. */
  readonly id: string;
  readonly name: string | null;
}

export interface ExploreState {
  /** Id of the root; empty if none is chosen yet. */
  readonly of: string;
  /** Id of the cause to which only the paths are shown. */
  readonly to: string;
  readonly way: Way;
  /** Greatest depth, in edges; null for no bound. */
  readonly depth: number | null;
  readonly hidden: ReadonlySet<Kind>;
  /** What an artifact must be to be shown, beside its kind. */
  readonly passing: Passing;
  /** The same as the API takes it; null if everything passes. */
  readonly filter: LineageFilter | null;
  readonly at: string | null;
  readonly asOf: AsOf | null;
  readonly view: 'graph' | 'table';
  /** Id of the artifact that is looked at. */
  readonly focus: string;
  /** The column that is followed; its name is null for a feature, `*` for a data set as a whole. */
  readonly column: FollowedColumn | null;
  readonly opened: ReadonlySet<string>;
  readonly folded: ReadonlySet<string>;
  readonly expanded: readonly Expansion[];
  /** Artifacts at most of the lineage, the nearest. */
  readonly most: number;
}

/** New values of the address's parameters; null, and an empty list, leave one out. */
type Change = Readonly<Record<string, string | readonly string[] | null>>;

/** Changes the address; the same function as long as the page is open. */
export type ChangeExplorer = (change: Change | ((now: ExploreState) => Change)) => void;

/** What every part of the explorer gets: what is shown, and how to show something else. */
export interface ExploreProps {
  readonly state: ExploreState;
  readonly change: ChangeExplorer;
}

const DEFAULT_DEPTH = 4;
const DEFAULT_MOST = 1_000;
/** The other choice: as much as a page may have. */
export const ALL_OF_IT = '10000';

export function useExploreState(): readonly [ExploreState, ChangeExplorer] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const before = useRef<ExploreState>(undefined);
  const state = useMemo(() => {
    before.current = steady(readState(new URLSearchParams(text)), before.current);
    return before.current;
  }, [text]);
  const change: ChangeExplorer = useCallback(
    (changes) =>
      setSearch(
        (before) => apply(before, typeof changes === 'function' ? changes(readState(before)) : changes),
        {
          replace: typeof changes === 'function' || !('of' in changes),
        },
      ),
    [setSearch],
  );
  return [state, change];
}

/** What has not changed is the same object as before, so that a change of one thing makes nothing else anew. */
function steady(now: ExploreState, before: ExploreState | undefined): ExploreState {
  if (!before) return now;
  const names = Object.keys(now) as (keyof ExploreState)[];
  const kept = names.filter((name) => textOf(now[name]) === textOf(before[name]));
  return { ...now, ...Object.fromEntries(kept.map((name) => [name, before[name]])) };
}

function textOf(value: unknown): string {
  return JSON.stringify(value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value);
}

/** What an address says. */
export function readState(search: URLSearchParams): ExploreState {
  const direction = search.get('direction');
  return {
    of: search.get('of') ?? '',
    to: search.get('to') ?? '',
    way: direction === 'DOWNSTREAM' || direction === 'BOTH' ? direction : 'UPSTREAM',
    depth: readDepth(search.get('depth')),
    hidden: new Set(ALL_KINDS.filter((kind) => search.getAll('hide').includes(kind))),
    passing: readPassing(search),
    filter: filterOf(readPassing(search)),
    at: asOfFrom(search.get('at')) ? search.get('at') : null,
    asOf: asOfFrom(search.get('at')),
    view: search.get('view') === 'table' ? 'table' : 'graph',
    focus: search.get('focus') ?? '',
    column: readColumn(search.get('column') ?? ''),
    opened: new Set(search.getAll('open')),
    folded: new Set(search.getAll('fold')),
    expanded: search.getAll('more').flatMap(readExpansion),
    most: search.get('most') === ALL_OF_IT ? Number(ALL_OF_IT) : DEFAULT_MOST,
  };
}

function readDepth(text: string | null): number | null {
  if (text === 'all') return null;
  const depth = Number(text ?? DEFAULT_DEPTH);
  return Number.isInteger(depth) && depth >= 1 && depth <= 1000 ? depth : DEFAULT_DEPTH;
}

/** An id and, after a space, which no id has, the column's name. */
function readColumn(text: string): FollowedColumn | null {
  const at = text.indexOf(' ');
  const id = at === -1 ? text : text.slice(0, at);
  const { kind } = parseId(id);
  if (kind === 'FeatureDef') return { id, name: null };
  return kind === 'Dataset' && at !== -1 ? { id, name: text.slice(at + 1) } : null;
}

function readExpansion(text: string): Expansion[] {
  const [id = '', direction] = text.split(' ');
  return direction === 'UPSTREAM' || direction === 'DOWNSTREAM' ? [{ id, direction }] : [];
}

function apply(before: URLSearchParams, changes: Change): URLSearchParams {
  const search = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    search.delete(name);
    for (const item of [value ?? []].flat()) if (item !== '') search.append(name, item);
  }
  return search;
}

/** A set with one member more, or without it if it was there. */
export function toggled(set: ReadonlySet<string>, member: string): string[] {
  return set.has(member) ? [...set].filter((item) => item !== member) : [...set, member];
}
