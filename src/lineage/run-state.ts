/** The state of a run: what the events that supplement it say, the latest last. */
import type { AttestedFact } from './ancestry.js';
import { openValues } from '../store/stored-values.js';

export interface RunState {
  readonly state?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

const FINAL = ['COMPLETED', 'FAILED', 'ABORTED'];

/** The state of one run. A final state stays, whatever arrives after it: events may come in any order. */
export function runState(run: string, attestations: readonly AttestedFact[]): RunState {
  const events = attestations
    .filter(({ props, about }) => props.type === 'SUPPLEMENTS' && about.includes(run))
    .sort((a, b) => (a.props.occurredAt as number) - (b.props.occurredAt as number))
    .map(({ props }) => openValues(props));
  const states = events
    .map((values) => values.get('value/state'))
    .filter((state) => typeof state === 'string');
  const state = states.find((candidate) => FINAL.includes(candidate)) ?? states.at(-1);
  const first = (path: string): number | undefined =>
    events.map((values) => values.get(path)).find((value) => typeof value === 'number');
  const startedAt = first('value/startedAt');
  const endedAt = first('value/endedAt');
  return {
    ...(state === undefined ? {} : { state }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** True for a run that said it ended, well or not. */
export function isFinished({ state }: RunState): boolean {
  return state !== undefined && FINAL.includes(state);
}
