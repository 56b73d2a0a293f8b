/** An OpenLineage event as it was sent, taken apart as far as the mapping needs it (OpenLineage spec 2-0-2). */
import { hash } from 'node:crypto';
import { MAX_TIME } from '../../domain/clock.js';
import { isPedigreeError, PedigreeError, required } from '../../domain/errors.js';
import { canonicalJson, parseStrictJson, type Json } from '../../domain/json.js';
import { listOf, objectOf } from './loose.js';

/** Facets by name: open objects that anybody may add to. */
export type Facets = Readonly<Record<string, unknown>>;

export interface EventDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  /** `inputFacets` or `outputFacets`: what holds for this use only. */
  readonly useFacets: Facets;
}

export interface EventJob {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
}

const STATES = {
  START: 'STARTED',
  RUNNING: 'RUNNING',
  COMPLETE: 'COMPLETED',
  FAIL: 'FAILED',
  ABORT: 'ABORTED',
  OTHER: 'OTHER',
} as const;

export type EventState = (typeof STATES)[keyof typeof STATES];

interface EventBase {
  /** Exactly as sent. */
  readonly text: string;
  /** SHA-256, in hex, of the event's canonical form: the same event has the same digest however it is written. */
  readonly digest: string;
  /** `eventTime`, in milliseconds since the epoch. */
  readonly time: number;
  readonly inputs: readonly EventDataset[];
  readonly outputs: readonly EventDataset[];
}

export interface RunEvent extends EventBase {
  readonly is: 'run';
  readonly job: EventJob;
  readonly runId: string;
  readonly runFacets: Facets;
  readonly state?: EventState;
}

/** What a job is by design, apart from any run of it. */
export interface JobEvent extends EventBase {
  readonly is: 'job';
  readonly job: EventJob;
}

/** What a data set is, apart from any run that made it. */
export interface DatasetEvent extends EventBase {
  readonly is: 'dataset';
  readonly dataset: EventDataset;
}

export type OpenLineageEvent = RunEvent | JobEvent | DatasetEvent;

/** Parses one event. Errors: `BAD_JSON`, `BAD_INPUT`, naming the member at fault. */
export function parseEvent(text: string): OpenLineageEvent {
  const { value, digest } = readText(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PedigreeError('BAD_INPUT', required('an event must be a JSON object', value));
  }
  const event = value as Readonly<Record<string, unknown>>;
  for (const name of ['producer', 'schemaURL']) requireText(event[name], name);
  const base = {
    text,
    digest,
    time: parseTime(event.eventTime),
    inputs: parseDatasets(event.inputs, 'inputs', 'inputFacets'),
    outputs: parseDatasets(event.outputs, 'outputs', 'outputFacets'),
  };
  if (event.run != null) return { ...base, is: 'run', ...parseRun(event), job: parseJob(event.job) };
  if (event.dataset != null)
    return { ...base, is: 'dataset', dataset: parseDataset(event.dataset, 'dataset', 'facets') };
  // A real JobEvent may carry an eventType: without a run there is nothing that it could be the state of.
  return { ...base, is: 'job', job: parseJob(event.job) };
}

/**
 * A value and its digest. Numbers beyond 2^53 occur in real events (Spark's plans have `Long.MAX_VALUE`) and have no
 * canonical form: such a text is its own canonical form, and is kept like any other.
 */
function readText(text: string): { value: unknown; digest: string } {
  try {
    const value = parseStrictJson(text, { nulls: true });
    return { value, digest: hash('sha256', canonicalJson(value as Json)) };
  } catch (error) {
    if (!isPedigreeError(error, 'UNSAFE_NUMBER') && !isPedigreeError(error, 'DUPLICATE_KEY')) throw error;
    return { value: JSON.parse(text), digest: hash('sha256', text) };
  }
}

const ISO_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/;

function parseTime(time: unknown): number {
  const ms =
    typeof time === 'string' && ISO_TIME.test(time)
      ? Date.parse(
          time
            .toUpperCase()
            .replace(' ', 'T')
            .replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
        )
      : Number.NaN;
  if (ms >= 0 && ms <= MAX_TIME) return ms;
  throw new PedigreeError('BAD_INPUT', required('eventTime must be an ISO 8601 time with a zone', time));
}

function parseRun(event: Readonly<Record<string, unknown>>): {
  runId: string;
  runFacets: Facets;
  state?: EventState;
} {
  const run = objectOf(event.run);
  const runId = requireText(run.runId, 'run.runId');
  const runFacets = objectOf(run.facets);
  if (event.eventType == null) return { runId, runFacets };
  const type = typeof event.eventType === 'string' ? event.eventType.toUpperCase() : '';
  if (!Object.hasOwn(STATES, type)) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`eventType must be one of ${Object.keys(STATES).join(', ')}`, event.eventType),
    );
  }
  return { runId, runFacets, state: STATES[type as keyof typeof STATES] };
}

function parseJob(job: unknown): EventJob {
  const { namespace, name, facets } = objectOf(job);
  return {
    namespace: requireText(namespace, 'job.namespace'),
    name: requireText(name, 'job.name'),
    facets: objectOf(facets),
  };
}

function parseDatasets(datasets: unknown, where: string, useFacets: string): EventDataset[] {
  if (datasets != null && !Array.isArray(datasets))
    throw new PedigreeError('BAD_INPUT', required(`${where} must be a list of data sets`, datasets));
  return listOf(datasets).map((dataset, i) => parseDataset(dataset, `${where}[${String(i)}]`, useFacets));
}

function parseDataset(dataset: unknown, where: string, useFacets: string): EventDataset {
  const members = objectOf(dataset);
  return {
    namespace: requireText(members.namespace, `${where}.namespace`),
    name: requireText(members.name, `${where}.name`),
    facets: objectOf(members.facets),
    useFacets: useFacets === 'facets' ? {} : objectOf(members[useFacets]),
  };
}

function requireText(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new PedigreeError('BAD_INPUT', required(`${where} must be non-empty text`, value));
}
