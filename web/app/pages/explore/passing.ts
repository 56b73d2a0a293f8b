/** The explorer's filter: how it stands in the address, as the API's `lineage` takes it, and in words. */
import type { LineageFilter, RunOutcome } from '../../graphql/operations.gen.js';

/** How something stands: declared, only named by others, or a run that ended so. */
export const STANDS = {
  declared: 'declared',
  placeholder: 'named and not declared',
  COMPLETED: 'runs that completed',
  FAILED: 'runs that failed',
  ABORTED: 'runs that were aborted',
  UNFINISHED: 'runs that never said that they ended',
} as const;

export type Stand = keyof typeof STANDS;

/** Everything that is given must hold; nothing given: everything passes. */
export interface Passing {
  readonly namespaces: readonly string[];
  /** Happened then or later, ISO 8601. */
  readonly from: string | null;
  /** Happened before. */
  readonly to: string | null;
  readonly stand: Stand | null;
}

/** What an address says; what it says wrongly is as if it were not there. */
export function readPassing(search: URLSearchParams): Passing {
  const time = (name: string): string | null => {
    const text = search.get(name) ?? '';
    return Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString();
  };
  const stands = Object.keys(STANDS) as Stand[];
  return {
    namespaces: [...new Set(search.getAll('ns'))].filter((name) => name !== ''),
    from: time('since'),
    to: time('before'),
    stand: stands.find((name) => name === search.get('state')) ?? null,
  };
}

/** As the API takes it; null if everything passes. */
export function filterOf({ namespaces, from, to, stand }: Passing): LineageFilter | null {
  const filter = {
    ...(namespaces.length === 0 ? {} : { namespaces }),
    ...(from === null ? {} : { occurredFrom: from }),
    ...(to === null ? {} : { occurredTo: to }),
    ...standFilter(stand),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}

function standFilter(stand: Stand | null): LineageFilter {
  if (stand === null) return {};
  if (stand === 'declared' || stand === 'placeholder') return { declared: stand === 'declared' };
  return { runStates: [stand satisfies RunOutcome] };
}

/** One condition in words, and the parameters of the address without it. */
export interface Said {
  readonly words: string;
  readonly without: Readonly<Record<string, readonly string[] | null>>;
}

export function sayPassing({ namespaces, from, to, stand }: Passing): Said[] {
  const day = (time: string): string => time.replace('T', ' ').replace(/(:00)?\.000Z$/, '');
  return [
    ...(namespaces.length === 0
      ? []
      : [{ words: `in the namespace ${namespaces.join(' or ')}`, without: { ns: null } }]),
    ...(from === null ? [] : [{ words: `happened ${day(from)} UTC or later`, without: { since: null } }]),
    ...(to === null ? [] : [{ words: `happened before ${day(to)} UTC`, without: { before: null } }]),
    ...(stand === null ? [] : [{ words: STANDS[stand], without: { state: null } }]),
  ];
}
