/** What an event says about its run and its job → fields of the entry that supplements the run. */
import type { CodeVersion } from '../../domain/declaration.js';
import type { SupplementFields } from '../../domain/supplement.js';
import type { EventJob, Facets, OpenLineageEvent, RunEvent } from './event.js';
import { transformId } from './event-ids.js';
import { cleanJson, listOf, objectOf, present, textOf } from './loose.js';

/** State, times, code, parameters and the rest; every facet that was deleted is named in `deleted`. */
export function runFields(event: OpenLineageEvent): SupplementFields {
  if (event.is === 'dataset') return {};
  const run = event.is === 'run' ? fieldsOfRun(event) : {};
  const facets = event.is === 'run' ? { ...event.job.facets, ...event.runFacets } : event.job.facets;
  return present({ ...run, ...fieldsOfJob(event.job), deleted: deletedFacets(facets) });
}

/** The facets that hold something: `{"_deleted": true}` says that a facet holds no longer. */
export function liveFacet(facets: Facets, name: string): Readonly<Record<string, unknown>> {
  const facet = objectOf(facets[name]);
  return facet._deleted === true ? {} : facet;
}

export function deletedFacets(facets: Facets): string[] {
  return Object.keys(facets)
    .filter((name) => objectOf(facets[name])._deleted === true)
    .sort();
}

/** `[{name, type?}]` of an ownership facet. */
export function ownersOf(facets: Facets): SupplementFields['owners'] {
  return listOf(liveFacet(facets, 'ownership').owners).flatMap((owner) => {
    const name = textOf(objectOf(owner).name);
    return name === undefined
      ? []
      : [present({ name, type: textOf(objectOf(owner).type) }) as { name: string }];
  });
}

/** `[{key, value?, source?, field?}]` of a tags facet. */
export function tagsOf(facets: Facets): SupplementFields['tags'] {
  return listOf(liveFacet(facets, 'tags').tags).flatMap((tag) => {
    const { key, value, source, field } = objectOf(tag);
    const known = textOf(key);
    if (known === undefined) return [];
    return [
      present({ key: known, value: textOf(value), source: textOf(source), field: textOf(field) }) as {
        key: string;
      },
    ];
  });
}

export function descriptionOf(facets: Facets): string | undefined {
  return textOf(liveFacet(facets, 'documentation').description);
}

function fieldsOfRun({ state, time, runFacets }: RunEvent): SupplementFields {
  const ends = state === 'COMPLETED' || state === 'FAILED' || state === 'ABORTED';
  const engine = liveFacet(runFacets, 'processing_engine');
  const variables = liveFacet(runFacets, 'environmentVariables').environmentVariables;
  const nominal = liveFacet(runFacets, 'nominalTime');
  return present({
    state,
    startedAt: state === 'STARTED' ? time : undefined,
    endedAt: ends ? time : undefined,
    error: textOf(liveFacet(runFacets, 'errorMessage').message),
    parameters: parametersOf(runFacets),
    environment: present({
      engine: textOf(engine.name),
      engineVersion: textOf(engine.version),
      variables: cleanJson(variables),
    }),
    nominalTime: present({
      start: textOf(nominal.nominalStartTime),
      end: textOf(nominal.nominalEndTime),
    }),
    parent: parentOf(liveFacet(runFacets, 'parent')),
    root: parentOf(objectOf(liveFacet(runFacets, 'parent').root)),
  });
}

/** `[{key, name?, value}]` of the ExecutionParameters facet, as one object by key. */
function parametersOf(facets: Facets): SupplementFields['parameters'] {
  return Object.fromEntries(
    listOf(liveFacet(facets, 'executionParameters').parameters).flatMap((parameter) => {
      const key = textOf(objectOf(parameter).key);
      const value = cleanJson(objectOf(parameter).value);
      return key === undefined || key === '__proto__' || value === undefined ? [] : [[key, value] as const];
    }),
  );
}

function parentOf(parent: Readonly<Record<string, unknown>>): string | undefined {
  const runId = textOf(objectOf(parent.run).runId);
  const namespace = textOf(objectOf(parent.job).namespace);
  const name = textOf(objectOf(parent.job).name);
  return runId === undefined || namespace === undefined || name === undefined
    ? undefined
    : transformId({ namespace, name }, runId);
}

function fieldsOfJob({ facets }: EventJob): SupplementFields {
  const { processingType, integration, jobType } = liveFacet(facets, 'jobType');
  return present({
    code: codeOf(liveFacet(facets, 'sourceCodeLocation')),
    description: descriptionOf(facets),
    query: textOf(liveFacet(facets, 'sql').query),
    owners: ownersOf(facets),
    tags: tagsOf(facets),
    job: present({
      processingType: textOf(processingType),
      integration: textOf(integration),
      jobType: textOf(jobType),
    }),
  });
}

const COMMIT = /^[0-9a-f]{7,64}$/;

/** A location without a commit (a branch, a tag) does not say what ran, so it is no code version. */
function codeOf(location: Readonly<Record<string, unknown>>): CodeVersion | undefined {
  const repository = textOf(location.repoUrl) ?? textOf(location.url);
  const commit = textOf(location.version)?.toLowerCase();
  if (repository === undefined || commit === undefined || !COMMIT.test(commit)) return undefined;
  return present({ repository, commit, path: textOf(location.path) }) as CodeVersion;
}
