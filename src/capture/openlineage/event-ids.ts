/** The ids that an event's runs and data sets have in the graph. Every event of a run gives the same ones. */
import { formatUrn } from '../../domain/urn.js';
import type { EventDataset, OpenLineageEvent } from './event.js';
import { objectOf, textOf } from './loose.js';

/** A data set as one event uses it. */
export interface DatasetUse {
  readonly id: string;
  readonly dataset: EventDataset;
  readonly role: 'INPUT' | 'OUTPUT';
  /** True where the version is ours, because the event has none: `run:…`, `read:…` or `static`. */
  readonly synthetic: boolean;
}

/** The version of what belongs to no run: design-time facts of a job or a data set. */
const STATIC = 'static';

export function transformId(
  job: { readonly namespace: string; readonly name: string },
  version: string,
): string {
  return formatUrn({ kind: 'Transform', namespace: job.namespace, name: job.name, version });
}

export function attestationId(namespace: string, type: string, digest: string): string {
  return formatUrn({ kind: 'Attestation', namespace, name: type, version: digest });
}

/** The run (or the design-time job) that an event is about. */
export function transformOf(event: Exclude<OpenLineageEvent, { is: 'dataset' }>): string {
  return transformId(event.job, event.is === 'run' ? event.runId : STATIC);
}

/**
 * The data sets of an event, inputs first, each id once a role. An output that has the version of an input of the same
 * event gets `run:<runId>`: what a run leaves behind is not what it found.
 */
export function datasetUses(event: OpenLineageEvent): DatasetUse[] {
  const runId = event.is === 'run' ? event.runId : undefined;
  const own = event.is === 'dataset' ? [event.dataset] : [];
  const inputs = event.inputs.map((dataset) => useOf(dataset, 'INPUT', runId && `read:${runId}`));
  const found = new Set(inputs.map(({ id }) => id));
  const outputs = [...own, ...event.outputs].map((dataset) => {
    const use = useOf(dataset, 'OUTPUT', runId && `run:${runId}`);
    return runId !== undefined && found.has(use.id) ? synthetic(dataset, 'OUTPUT', `run:${runId}`) : use;
  });
  return [...new Map([...inputs, ...outputs].map((use) => [`${use.role} ${use.id}`, use])).values()];
}

function useOf(dataset: EventDataset, role: DatasetUse['role'], otherwise: string | undefined): DatasetUse {
  const version = textOf(objectOf(dataset.facets.version).datasetVersion);
  return version === undefined
    ? synthetic(dataset, role, otherwise ?? STATIC)
    : { id: datasetId(dataset, version), dataset, role, synthetic: false };
}

function synthetic(dataset: EventDataset, role: DatasetUse['role'], version: string): DatasetUse {
  return { id: datasetId(dataset, version), dataset, role, synthetic: true };
}

export function datasetId(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  version: string,
): string {
  return formatUrn({ kind: 'Dataset', namespace, name, version });
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * When a run happened, as far as its id alone says: the time inside a UUIDv7 (RFC 9562 §5.7), else 0. Anything taken
 * from an event would make the run's entry depend on which event came first.
 */
export function timeOfRunId(runId: string): number {
  return UUID_V7.test(runId) ? Number.parseInt(runId.replace('-', '').slice(0, 12), 16) : 0;
}
