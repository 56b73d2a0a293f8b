/**
 * One OpenLineage event → declarations of ours. docs/openlineage.md has the mapping as a table.
 *
 * Nothing here depends on any other event, so that every order of the same events declares the same things.
 */
import type { AttestationDeclaration, Declaration, EdgeDeclaration } from '../../domain/declaration.js';
import type { Json } from '../../domain/json.js';
import type { RunTimes } from '../../store/run-bindings.js';
import type { OpenLineageEvent, RunEvent } from './event.js';
import { attestationId, datasetUses, timeOfRunId, transformOf, type DatasetUse } from './event-ids.js';
import { present } from './loose.js';
import { mapColumns } from './map-columns.js';
import { mapDataset } from './map-dataset.js';
import { qualityAttestations } from './map-quality.js';
import { runFields } from './map-run.js';

export interface MappedEvent {
  /** The run, and the versions that only this run can have made: bare, the same from every event. */
  readonly own: readonly Declaration[];
  /** The versions that the run read without saying which: in whatever namespace, they stand for this run's reading. */
  readonly reads: readonly Declaration[];
  /** What the event says, with its own text. */
  readonly supplement: AttestationDeclaration;
  /** The supplement as it is kept where its edges cannot hold: the text survives. */
  readonly unmapped: (reason: string) => AttestationDeclaration;
  readonly quality: readonly AttestationDeclaration[];
  /** For binding unversioned reads; undefined for an event without a run. */
  readonly times?: RunTimes;
}

/** Most artifacts that an attestation can be about; its edges name the others. */
const MAX_ABOUT = 1_000;

/** Errors: `BAD_URN` for a name that no id can hold. */
export function mapEvent(event: OpenLineageEvent): MappedEvent {
  const namespace = event.is === 'dataset' ? event.dataset.namespace : event.job.namespace;
  const uses = datasetUses(event);
  const supplement = (fields: object, edges: readonly EdgeDeclaration[]): AttestationDeclaration => ({
    id: attestationId(namespace, 'SUPPLEMENTS', event.digest),
    kind: 'Attestation',
    type: 'SUPPLEMENTS',
    about: aboutOf(event, uses),
    occurredAt: event.time,
    fields: { ...fields, verbatim: event.text },
    ...(edges.length === 0 ? {} : { edges }),
  });
  const fields = { ...runFields(event), ...present({ datasets: uses.map(mapDataset) }) };
  return {
    own: ownDeclarations(event, uses),
    reads: event.is === 'run' ? readsOf(uses).map((id) => bare(id, event)) : [],
    supplement: supplement(fields, event.is === 'run' ? edgesOf(event, uses) : []),
    unmapped: (reason) => supplement({ ...stateOf(event), notes: reason }, []),
    quality: qualityAttestations(event, namespace, uses),
    ...(event.is === 'run' ? { times: timesOf(event, uses) } : {}),
  };
}

function aboutOf(event: OpenLineageEvent, uses: readonly DatasetUse[]): string[] {
  const about = [...(event.is === 'dataset' ? [] : [transformOf(event)]), ...uses.map(({ id }) => id)];
  return [...new Set(about)].slice(0, MAX_ABOUT);
}

function ownDeclarations(event: OpenLineageEvent, uses: readonly DatasetUse[]): Declaration[] {
  const made = uses.filter((use) => use.role === 'OUTPUT' && use.synthetic).map((use) => bare(use.id, event));
  return event.is === 'dataset' ? made : [bare(transformOf(event), event), ...made];
}

function bare(id: string, event: OpenLineageEvent): Declaration {
  const kind = id.startsWith('transform:') ? 'Transform' : 'Dataset';
  return { id, kind, occurredAt: event.is === 'run' ? timeOfRunId(event.runId) : 0 };
}

function edgesOf(event: RunEvent, uses: readonly DatasetUse[]): EdgeDeclaration[] {
  const run = transformOf(event);
  const inputs = uses.filter(({ role }) => role === 'INPUT');
  return uses.map((use): EdgeDeclaration => {
    if (use.role === 'INPUT') return { type: 'READ', from: run, to: use.id };
    const columns = mapColumns(use, inputs, event.runId);
    return {
      type: 'PRODUCED_BY',
      from: use.id,
      to: run,
      ...(columns.length === 0 ? {} : { props: { columns: columns as unknown as Json } }),
    };
  });
}

function stateOf(event: OpenLineageEvent): object {
  const { state, startedAt, endedAt } = runFields(event);
  return present({ state, startedAt, endedAt });
}

function timesOf(event: RunEvent, uses: readonly DatasetUse[]): RunTimes {
  return {
    run: transformOf(event),
    at: event.time,
    completedAt: event.state === 'COMPLETED' ? event.time : null,
    outputs: uses.filter(({ role }) => role === 'OUTPUT').map(({ id }) => id),
    reads: readsOf(uses),
  };
}

function readsOf(uses: readonly DatasetUse[]): string[] {
  return uses.filter((use) => use.role === 'INPUT' && use.synthetic).map(({ id }) => id);
}
