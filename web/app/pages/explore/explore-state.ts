/** Everything that the explorer shows is in its address: sent to somebody, it shows them the same. */
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

import type { AsOf, Kind } from '../../graphql/operations.gen.js';
import { ALL_KINDS } from '../../parts/artifact-id.js';
import { asOfFrom } from '../../parts/as-of.js';
import type { Direction } from './lineage-graph.js';

export type Way = Direction | 'BOTH';

export interface Expansion {
  readonly id: string;
  readonly direction: Direction;
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
  readonly at: string | null;
  readonly asOf: AsOf | null;
  readonly view: 'graph' | 'table';
  /** Id of the artifact that is looked at. */
  readonly focus: string;
  readonly opened: ReadonlySet<string>;
  readonly folded: ReadonlySet<string>;
  readonly expanded: readonly Expansion[];
}

/** New values of the address's parameters; null, and an empty list, leave one out. */
type Change = Readonly<Record<string, string | readonly string[] | null>>;

/** What every part of the explorer gets: what is shown, and how to show something else. */
export interface ExploreProps {
  readonly state: ExploreState;
  readonly change: (change: Change) => void;
}

const DEFAULT_DEPTH = 4;

export function useExploreState(): readonly [ExploreState, (change: Change) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const state = useMemo(() => read(new URLSearchParams(text)), [text]);
  const change = (changes: Change): void =>
    setSearch((before) => apply(before, changes), { replace: !('of' in changes) });
  return [state, change];
}

function read(search: URLSearchParams): ExploreState {
  const direction = search.get('direction');
  return {
    of: search.get('of') ?? '',
    to: search.get('to') ?? '',
    way: direction === 'DOWNSTREAM' || direction === 'BOTH' ? direction : 'UPSTREAM',
    depth: readDepth(search.get('depth')),
    hidden: new Set(ALL_KINDS.filter((kind) => search.getAll('hide').includes(kind))),
    at: asOfFrom(search.get('at')) ? search.get('at') : null,
    asOf: asOfFrom(search.get('at')),
    view: search.get('view') === 'table' ? 'table' : 'graph',
    focus: search.get('focus') ?? '',
    opened: new Set(search.getAll('open')),
    folded: new Set(search.getAll('fold')),
    expanded: search.getAll('more').flatMap(readExpansion),
  };
}

function readDepth(text: string | null): number | null {
  if (text === 'all') return null;
  const depth = Number(text ?? DEFAULT_DEPTH);
  return Number.isInteger(depth) && depth >= 1 && depth <= 1000 ? depth : DEFAULT_DEPTH;
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
