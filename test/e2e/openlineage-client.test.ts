/**
 * The real OpenLineage Python client, as pip installs it, against a server: it must work unchanged, whichever way it
 * sends. The environment is thrown away with the test.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { openServer, type OpenServer } from '../support/open-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);
const python = join(temporaryFolder(), 'venv');

let server: OpenServer;

beforeAll(async () => {
  await run('python3', ['-m', 'venv', python]);
  await run(join(python, 'bin/pip'), ['install', '--quiet', 'openlineage-python']);
  server = await openServer();
}, 300_000);

afterAll(() => server.stop());

/** Sends a START and a COMPLETE of one run, as a pipeline would. */
const PIPELINE = `
import json, sys
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import schema_dataset
config, run_id = json.loads(sys.argv[1]), sys.argv[2]
client = OpenLineageClient(config={"transport": config})
schema = schema_dataset.SchemaDatasetFacet(fields=[schema_dataset.SchemaDatasetFacetFields(name="a", type="int")])
for state, time in ((RunState.START, "2026-01-01T10:00:00Z"), (RunState.COMPLETE, "2026-01-01T10:05:00Z")):
    client.emit(RunEvent(
        eventType=state, eventTime=time, run=Run(runId=run_id), job=Job(namespace="jobs", name="python"),
        producer="https://example.org/pipeline",
        inputs=[InputDataset(namespace="lake", name="in")],
        outputs=[OutputDataset(namespace="lake", name="out", facets={"schema": schema})],
    ))
client.close(30)
`;

const LINEAGE = `query ($id: ID!) {
  lineage(of: $id, direction: UPSTREAM) { nodes { id } }
  artifact(id: $id) { attestations { items { type fields } } }
}`;

test.each([
  ['http', 'sync', { type: 'http' }],
  ['http, gzip', 'gzip', { type: 'http', compression: 'gzip' }],
  ['async_http', 'async', { type: 'async_http' }],
])(
  'the client works over %s',
  async (_, name, transport) => {
    const { url, tokens } = server.running;
    const apiKey = await tokens.sign({ name: 'pipeline', role: 'writer', namespaces: ['jobs', 'lake'] });
    const config = { ...transport, url, auth: { type: 'api_key', apiKey } };
    const runId = `019127df-0850-72bc-b214-${Buffer.from(name.padEnd(6)).toString('hex')}`;
    await run(join(python, 'bin/python'), ['-c', PIPELINE, JSON.stringify(config), runId]);

    const reader = await tokens.sign({ name: 'reader', role: 'reader' });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${reader}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: LINEAGE, variables: { id: `dataset:lake/out@run%3A${runId}` } }),
    });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const { data } = (await response.json()) as any;
    expect(data.lineage.nodes.map(({ id }: { id: string }) => id).slice(0, 2)).toEqual([
      `transform:jobs/python@${runId}`,
      `dataset:lake/in@read%3A${runId}`,
    ]);
    const states = data.artifact.attestations.items.map(
      ({ fields }: { fields: { state: string } }) => fields.state,
    );
    expect(states.toSorted()).toEqual(['COMPLETED', 'STARTED']);
  },
  60_000,
);
