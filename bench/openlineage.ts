/**
 * `npm run bench -- openlineage`: full events (3 inputs, 1 output, schema and column lineage) over HTTP, as batches and
 * as concurrent single posts. The reference is the bar itself, 1,000 events a second: the best-known peer reaches 37.
 */
import { join } from 'node:path';

import { readConfig } from '../src/app/config.js';
import { startServer, type RunningServer } from '../src/app/server.js';
import type { BenchContext } from './main.js';
import { compare, timed } from './measure.js';
import type { Figure } from './report.js';

const BAR = 1_000;
const BATCH = 500;
const CONCURRENT = 64;

export async function run({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const env = { ...process.env, PEDIGREE_PORT: '0', PEDIGREE_DATA_DIR: join(workDir, 'data') };
  const server = await startServer(readConfig(env), { log });
  try {
    const send = await senderTo(server);
    const reference = (): Promise<number> => Promise.resolve(BAR);
    const shared = { reference, runs: 5, bar: { atLeast: 1 } };
    return [
      await compare({ name: 'batches, events/s', ours: () => batches(send, 8), ...shared }),
      await compare({ name: 'concurrent singles, events/s', ours: () => singles(send, 4_000), ...shared }),
    ];
  } finally {
    await server.stop();
  }
}

type Send = (path: string, body: unknown) => Promise<void>;

async function senderTo({ url, tokens }: RunningServer): Promise<Send> {
  const token = await tokens.sign({ name: 'bench', role: 'writer', namespaces: ['*'] });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return async (path, body) => {
    const response = await fetch(`${url}/api/v1/lineage${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (response.status !== 201 && response.status !== 204) throw new Error(await response.text());
    await response.arrayBuffer();
  };
}

/** Two batches at a time, so that the server always has the next one. */
async function batches(send: Send, count: number): Promise<number> {
  const bodies = Array.from({ length: count }, () => Array.from({ length: BATCH }, nextEvent));
  const ms = await timed(() => inParallel(2, bodies, (body) => send('/batch', body)));
  return (count * BATCH * 1_000) / ms;
}

async function singles(send: Send, count: number): Promise<number> {
  const events = Array.from({ length: count }, nextEvent);
  const ms = await timed(() => inParallel(CONCURRENT, events, (event) => send('', event)));
  return (count * 1_000) / ms;
}

async function inParallel<T>(
  workers: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

let made = 0;

/** A run of one of 200 jobs: the job writes its own data set and reads three raw ones. */
function nextEvent(): unknown {
  const number = made++;
  const job = number % 200;
  const columns = ['id', 'amount', 'status', 'created', 'owner'];
  const facets = { schema: { fields: columns.map((name) => ({ name, type: 'string' })) } };
  const inputs = [1, 2, 3].map((i) => ({ namespace: 'lake', name: `raw.${String((job + i) % 50)}`, facets }));
  const fields = columns.map((field) => [
    field,
    { inputFields: inputs.map(({ namespace, name }) => ({ namespace, name, field, transformations: [] })) },
  ]);
  return {
    eventType: 'COMPLETE',
    eventTime: new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString(),
    producer: 'bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: crypto.randomUUID() },
    job: { namespace: 'jobs', name: `job.${String(job)}` },
    inputs,
    outputs: [
      {
        namespace: 'lake',
        name: `out.${String(job)}`,
        facets: { ...facets, columnLineage: { fields: Object.fromEntries(fields) as object } },
      },
    ],
  };
}
