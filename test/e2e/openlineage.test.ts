/** The OpenLineage door over HTTP: status codes, partial results, and events that come back as they went in. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Role } from '../../src/access/scopes.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { realEvents, runEvent } from '../support/openlineage.js';

let server: OpenServer;

beforeAll(async () => {
  server = await openServer();
});

afterAll(() => server.stop());

interface Sent {
  readonly role?: Role;
  readonly namespaces?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

async function post(path: string, body: string | Buffer, sent: Sent = {}): Promise<Response> {
  const { role = 'writer', namespaces = ['*'], headers = {} } = sent;
  const token = await server.running.tokens.sign({ name: 'pipeline', role, namespaces });
  return fetch(`${server.running.url}/api/v1/lineage${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(query: string, variables: object): Promise<any> {
  const token = await server.running.tokens.sign({ name: 'reader', role: 'reader' });
  const response = await fetch(`${server.running.url}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: unknown; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

const LINEAGE = `query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { nodes { id depth artifact { declared } } } }`;
const EVENTS = `query ($id: ID!) { artifact(id: $id) { attestations { items { type fields } } } }`;

describe('single events', () => {
  test('are created once and repeated without a trace', async () => {
    const event = JSON.stringify(runEvent({ run: 'once', inputs: ['a'], outputs: ['b'] }));
    for (let i = 0; i < 2; i++) expect((await post('', event)).status).toBe(201);
    const { artifact } = await ask(EVENTS, { id: 'transform:jobs/job@once' });
    expect(artifact.attestations.items).toHaveLength(1);
  });

  test('may be gzip', async () => {
    const event = gzipSync(JSON.stringify(runEvent({ run: 'zipped' })));
    expect((await post('', event, { headers: { 'Content-Encoding': 'gzip' } })).status).toBe(201);
  });

  test('come back exactly as they were sent, nulls, spaces and large numbers included', async () => {
    const text = JSON.stringify({ ...runEvent({ run: 'exact' }), extra: null }, null, 3).replace(
      '"extra": null',
      '"extra": null, "size": 9223372036854775807',
    );
    expect((await post('', text)).status).toBe(201);
    const { artifact } = await ask(EVENTS, { id: 'transform:jobs/job@exact' });
    expect(artifact.attestations.items[0].fields.verbatim).toBe(text);
  });

  test.each([
    ['no JSON', '{"eventTime":', 'BAD_JSON'],
    ['no object', '[]', 'BAD_INPUT'],
    ['no time', JSON.stringify({ ...runEvent({}), eventTime: null }), 'eventTime must be'],
    [
      'a time without zone',
      JSON.stringify({ ...runEvent({}), eventTime: '2026-01-01T10:00:00' }),
      'eventTime',
    ],
    ['an unknown type', JSON.stringify(runEvent({ type: 'DONE' })), 'eventType must be one of START'],
    ['no job', JSON.stringify({ ...runEvent({}), job: {} }), 'job.namespace must be'],
    ['no run id', JSON.stringify({ ...runEvent({}), run: {} }), 'run.runId must be'],
    ['no producer', JSON.stringify({ ...runEvent({}), producer: 7 }), 'producer must be'],
    ['inputs that are no list', JSON.stringify({ ...runEvent({}), inputs: {} }), 'inputs must be a list'],
    ['a data set without name', JSON.stringify(runEvent({ inputs: [{}] })), 'inputs[0].namespace'],
    ['a name too long', JSON.stringify(runEvent({ inputs: ['x'.repeat(3_000)] })), 'at most 2048 bytes'],
    ['an event too large', JSON.stringify(runEvent({ job: 'j', run: ' '.repeat(5_000_000) })), 'at most'],
  ])('with %s are refused and never retried', async (_, body, message) => {
    const response = await post('', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  test('with a body that is not the gzip it claims to be are refused', async () => {
    expect((await post('', '{}', { headers: { 'Content-Encoding': 'gzip' } })).status).toBe(400);
  });

  test('need a writer who may write the job and its outputs, whatever the inputs', async () => {
    const event = JSON.stringify(runEvent({ run: 'bound', inputs: ['a'], outputs: ['b'] }));
    expect((await post('', event, { role: 'reader' })).status).toBe(403);
    expect((await post('', event, { headers: { Authorization: '' } })).status).toBe(401);
    const foreign = await post('', event, { namespaces: ['jobs'] });
    expect(foreign.status).toBe(403);
    expect(await foreign.text()).toContain(
      'this token may write in the namespaces jobs only, but got: \\"lake\\"',
    );
    const reads = JSON.stringify(runEvent({ run: 'reads', inputs: ['a'] }));
    expect((await post('', reads, { namespaces: ['jobs'] })).status).toBe(201);
  });
});

describe('batches', () => {
  test('of good events answer 204', async () => {
    expect((await post('/batch', `[${realEvents().join(' ,\n')}]`)).status).toBe(204);
    expect((await post('/batch', '[]')).status).toBe(204);
  });

  test('say which events failed and why, and keep the others as they were sent', async () => {
    const good =
      '{ "eventTime": "2026-01-01T10:00:00Z", "producer": "t", "schemaURL": "s", "job": {"namespace": "jobs", "name": "a,]\\"b"}, "run": {"runId": "u"} }';
    const response = await post('/batch', `[${good}, {"bad": [1, 2]}]`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'partial_success',
      summary: { received: 2, successful: 1, failed: 1 },
      failed_events: [
        { index: 1, reason: expect.stringContaining('producer must be non-empty text'), retriable: false },
      ],
    });
    const { artifact } = await ask(EVENTS, { id: `transform:jobs/${encodeURIComponent('a,]"b')}@u` });
    expect(artifact.attestations.items[0].fields.verbatim).toBe(good);
  });

  test('that are no list are refused', async () => {
    expect((await post('/batch', '{}')).status).toBe(400);
  });
});

describe('the lineage of events', () => {
  test('follows unversioned reads into the run that wrote what they saw', async () => {
    const events = [
      runEvent({ run: 'w1', job: 'write', time: '10:00', outputs: ['t'] }),
      runEvent({ run: 'w2', job: 'write', time: '12:00', outputs: ['t'] }),
      runEvent({ run: 'self', job: 'merge', type: 'START', time: '11:00', inputs: ['t'] }),
      runEvent({ run: 'self', job: 'merge', type: 'COMPLETE', time: '11:30', outputs: ['t'] }),
    ];
    expect((await post('/batch', JSON.stringify(events.toReversed()))).status).toBe(204);
    const { lineage } = await ask(LINEAGE, { of: 'dataset:lake/t@run:self'.replace('run:', 'run%3A') });
    expect(lineage.nodes.map(({ id }: { id: string }) => id)).toEqual([
      'transform:jobs/merge@self',
      'dataset:lake/t@read%3Aself',
      'dataset:lake/t@run%3Aw1',
      'transform:jobs/write@w1',
    ]);
    expect(
      lineage.nodes.every(({ artifact }: { artifact: { declared: boolean } }) => artifact.declared),
    ).toBe(true);
  });

  test('keeps an event whose edges would close a cycle, and says so', async () => {
    const version = { namespace: 'lake', name: 'v', facets: { version: { datasetVersion: '1' } } };
    const start = runEvent({ run: 'cycle', type: 'START', inputs: [version] });
    const complete = runEvent({ run: 'cycle', type: 'COMPLETE', time: '10:30', outputs: [version] });
    for (const event of [start, complete]) expect((await post('', JSON.stringify(event))).status).toBe(201);
    const { artifact } = await ask(EVENTS, { id: 'transform:jobs/job@cycle' });
    expect(artifact.attestations.items[1].fields).toEqual({
      type: 'SUPPLEMENTS',
      state: 'COMPLETED',
      endedAt: Date.parse('2026-01-01T10:30:00Z'),
      notes: expect.stringContaining('not mapped: item 0'),
      verbatim: JSON.stringify(complete),
    });
  });

  test('maps what the facets say', async () => {
    const event = {
      ...runEvent({
        run: '019127df-0850-72bc-b214-b255290588a6',
        job: 'facets',
        outputs: [
          {
            namespace: 'lake',
            name: 'facets',
            facets: {
              schema: {
                fields: [
                  { name: 's', type: 'struct', fields: [{ name: 'm', type: 'int', description: '' }] },
                ],
              },
              ownership: { owners: [{ name: 'team', type: null }] },
              tags: { tags: [{ key: 'pii', value: 'no' }] },
              lifecycleStateChange: { lifecycleStateChange: 'DROP' },
              documentation: { _deleted: true },
              dataQualityAssertions: { assertions: [{ assertion: 'not_null', success: false, column: 's' }] },
            },
            outputFacets: { outputStatistics: { rowCount: 3 } },
          },
        ],
      }),
    } as Record<string, Record<string, unknown>>;
    event.run!.facets = {
      executionParameters: { parameters: [{ key: 'p', value: 1 }] },
      parent: { run: { runId: 'up' }, job: { namespace: 'jobs', name: 'dag' } },
    };
    event.job!.facets = {
      sourceCodeLocation: { url: 'https://git/x', repoUrl: 'https://git', version: 'ABCDEF1', path: null },
    };
    expect((await post('', JSON.stringify(event))).status).toBe(201);
    const run = await ask(EVENTS, { id: 'transform:jobs/facets@019127df-0850-72bc-b214-b255290588a6' });
    expect(run.artifact.attestations.items[0].fields).toMatchObject({
      state: 'COMPLETED',
      parameters: { p: 1 },
      parent: 'transform:jobs/dag@up',
      code: { repository: 'https://git', commit: 'abcdef1' },
      datasets: [
        {
          role: 'OUTPUT',
          schema: [
            { name: 's', type: 'struct' },
            { name: 's.m', type: 'int' },
          ],
          owners: [{ name: 'team' }],
          tags: [{ key: 'pii', value: 'no' }],
          lifecycle: 'DROP',
          deleted: ['documentation'],
        },
      ],
    });
    const output = await ask(EVENTS, {
      id: 'dataset:lake/facets@run%3A019127df-0850-72bc-b214-b255290588a6',
    });
    const types = output.artifact.attestations.items.map(({ type }: { type: string }) => type);
    expect(types).toEqual(['SUPPLEMENTS', 'CONTRACT_CHECK', 'DATA_PROFILE', 'RETIRED']);
  });

  test('takes events of jobs and data sets without a run', async () => {
    const job = {
      ...runEvent({ job: 'design', inputs: ['d'], outputs: ['d'] }),
      run: undefined,
      eventType: undefined,
    };
    expect((await post('', JSON.stringify({ ...job, eventType: 'OTHER' }))).status).toBe(201);
    const dataset = {
      namespace: 'lake',
      name: 'design',
      facets: { documentation: { description: 'what it is' } },
    };
    expect((await post('', JSON.stringify({ ...job, job: undefined, inputs: null, dataset }))).status).toBe(
      201,
    );
    const { artifact } = await ask(EVENTS, { id: 'dataset:lake/design@static' });
    expect(artifact.attestations.items[0].fields.datasets[0].description).toBe('what it is');
    expect((await ask(LINEAGE, { of: 'transform:jobs/design@static' })).lineage.nodes).toEqual([]);
  });
});
