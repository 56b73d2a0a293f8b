/** The state of a run: what the events that supplement it say, the latest last. */
import type { CodeVersion } from '../domain/declaration.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import type { AttestedFact } from './ancestry.js';

export interface RunState {
  readonly state?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** The code that ran, where an event and not the declaration names it. */
  readonly code?: CodeVersion;
}

const FINAL = ['COMPLETED', 'FAILED', 'ABORTED'];

/** States by run, for each list of attestations: a storyline shows them, and its verdict looks at them again. */
const STATES = new WeakMap<readonly AttestedFact[], ReadonlyMap<string, RunState>>();

/** The state of one run. A final state stays, whatever arrives after it: events may come in any order. */
export function runState(run: string, attestations: readonly AttestedFact[]): RunState {
  const known = STATES.get(attestations) ?? statesByRun(attestations);
  STATES.set(attestations, known);
  return known.get(run) ?? {};
}

function statesByRun(attestations: readonly AttestedFact[]): ReadonlyMap<string, RunState> {
  const byRun = new Map<string, StoredProps[]>();
  for (const { props, about } of attestations) {
    if (props.type !== 'SUPPLEMENTS') continue;
    for (const run of about) byRun.set(run, [...(byRun.get(run) ?? []), props]);
  }
  return new Map([...byRun].map(([run, supplements]) => [run, stateOf(supplements)]));
}

function stateOf(supplements: readonly StoredProps[]): RunState {
  const events = supplements
    .toSorted((a, b) => (a.occurredAt as number) - (b.occurredAt as number))
    .map((props) => openValues(props));
  const states = events
    .map((values) => values.get('value/state'))
    .filter((state) => typeof state === 'string');
  const state = states.find((candidate) => FINAL.includes(candidate)) ?? states.at(-1);
  const first = (path: string): number | undefined =>
    events.map((values) => values.get(path)).find((value) => typeof value === 'number');
  const startedAt = first('value/startedAt');
  const endedAt = first('value/endedAt');
  const code = events.map((values) => values.get('value/code')).find((value) => value !== undefined);
  return {
    ...(state === undefined ? {} : { state }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(code === undefined ? {} : { code: code as unknown as CodeVersion }),
  };
}

/** True for a run that said it ended, well or not. */
export function isFinished({ state }: RunState): boolean {
  return state !== undefined && FINAL.includes(state);
}
