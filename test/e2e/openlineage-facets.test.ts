/** What becomes of the parts of an event, as its readers find it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Role } from '../../src/access/scopes.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { runEvent } from '../support/openlineage.js';

let server: OpenServer;

beforeAll(async () => {
  server = await openServer();
});

afterAll(() => server.stop());

async function post(path: string, role: Role, body: object): Promise<Response> {
  const token = await server.running.tokens.sign({ name: 'test', role });
  return fetch(`${server.running.url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function send(event: object): Promise<void> {
  expect((await post('/api/v1/lineage', 'writer', event)).status).toBe(201);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(query: string, variables: object): Promise<any> {
  const response = await post('/graphql', 'reader', { query, variables });
  const answer = (await response.json()) as { data: unknown; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

const EVENTS = `query ($id: ID!) { artifact(id: $id) { attestations { items { type fields } } } }`;

test('maps the facets of runs, jobs and places, and keeps verbatim what it does not map', async () => {
  const version = { datasetVersion: '7' };
  const identifiers = [{ namespace: 's3://lake', name: 'raw/t', type: 'TABLE' }];
  const input = {
    namespace: 'lake',
    name: 'placed',
    facets: {
      version,
      symlinks: { identifiers },
      dataSource: { name: 'warehouse', uri: 'jdbc:w' },
      storage: { storageLayer: 'iceberg', fileFormat: 'parquet' },
      lifecycleStateChange: {
        lifecycleStateChange: 'RENAME',
        previousIdentifier: { namespace: 'lake', name: 'old' },
      },
    },
    inputFacets: { dataQualityMetrics: { rowCount: 12 } },
  };
  const event = {
    ...runEvent({ run: 'all', job: 'all', type: 'FAIL', inputs: [input] }),
  } as Record<string, Record<string, unknown>>;
  event.run!.facets = {
    errorMessage: { message: 'no room', programmingLanguage: 'python' },
    nominalTime: { nominalStartTime: '2026-01-01T00:00:00Z', nominalEndTime: '2026-01-02T00:00:00Z' },
    processing_engine: { name: 'spark', version: '3.5' },
    environmentVariables: { environmentVariables: [{ name: 'STAGE', value: 'test' }] },
    parent: {
      run: { runId: 'up' },
      job: { namespace: 'jobs', name: 'dag' },
      root: { run: { runId: 'top' }, job: { namespace: 'jobs', name: 'all-dags' } },
    },
    ours_alone: { anything: [1, { deep: null }] },
  };
  event.job!.facets = {
    jobType: { processingType: 'BATCH', integration: 'SPARK', jobType: 'QUERY' },
    sql: { query: 'select 1' },
    documentation: { description: 'counts' },
    ownership: { owners: [{ name: 'team:risk', type: 'MAINTAINER' }] },
    tags: { tags: [{ key: 'tier', value: '1', source: 'CONFIG' }] },
    sourceCodeLocation: { url: 'https://git/x', branch: 'main' },
  };
  await send(event);
  const { artifact } = await ask(EVENTS, { id: 'transform:jobs/all@all' });
  const [{ fields }] = artifact.attestations.items;
  expect(fields).toEqual({
    type: 'SUPPLEMENTS',
    state: 'FAILED',
    endedAt: Date.parse('2026-01-01T10:00:00Z'),
    error: 'no room',
    nominalTime: { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' },
    environment: {
      engine: 'spark',
      engineVersion: '3.5',
      variables: [{ name: 'STAGE', value: 'test' }],
    },
    parent: 'transform:jobs/dag@up',
    root: 'transform:jobs/all-dags@top',
    job: { processingType: 'BATCH', integration: 'SPARK', jobType: 'QUERY' },
    query: 'select 1',
    description: 'counts',
    owners: [{ name: 'team:risk', type: 'MAINTAINER' }],
    tags: [{ key: 'tier', value: '1', source: 'CONFIG' }],
    datasets: [
      {
        id: 'dataset:lake/placed@7',
        role: 'INPUT',
        symlinks: identifiers,
        source: 'warehouse',
        location: 'jdbc:w',
        storage: { layer: 'iceberg', format: 'parquet' },
        lifecycle: 'RENAME',
        previous: { namespace: 'lake', name: 'old' },
      },
    ],
    verbatim: JSON.stringify(event),
  });
  const read = await ask(EVENTS, { id: 'dataset:lake/placed@7' });
  const types = read.artifact.attestations.items.map(({ type }: { type: string }) => type);
  expect(types).toEqual(['SUPPLEMENTS', 'DATA_PROFILE']);
});

test('shows a run that has not ended as unfinished, and no longer when it has', async () => {
  const unfinished = `query ($of: ID!) {
    lineage(of: $of, direction: UPSTREAM, filter: { runStates: [UNFINISHED] }) { nodes { id } }
  }`;
  const of = 'dataset:lake/open@run%3Aopen';
  const start = runEvent({ run: 'open', job: 'open', type: 'START', outputs: ['open'] });
  await send(start);
  expect((await ask(unfinished, { of })).lineage.nodes).toEqual([{ id: 'transform:jobs/open@open' }]);
  const end = runEvent({ run: 'open', job: 'open', type: 'ABORT', time: '11:00' });
  await send(end);
  expect((await ask(unfinished, { of })).lineage.nodes).toEqual([]);
});
