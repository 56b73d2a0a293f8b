/**
 * `npm run bench -- openlineage`: full events (3 inputs, 1 output, schema and column lineage) over HTTP, as batches and
 * as concurrent single posts. The reference is the bar itself, 1,000 events a second: the best-known peer reaches 37.
 */
import { HttpLine, toRequest } from './capture-load/http-line.js';
import { inParallel } from './capture-load/raw-writer.js';
import { startServerProcess, type ServerProcess } from './capture-load/server-process.js';
import type { BenchContext } from './main.js';
import { compare, timed } from './measure.js';
import type { Figure } from './report.js';

const BAR = 1_000;
const EVENTS = 4_000;
const BATCH = 500;
const CONNECTIONS = { batches: 2, singles: 64 };

export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const server = await startServerProcess(context);
  try {
    return await measureOpenLineage(server);
  } finally {
    await server.stop();
  }
}

/** Events a second. */
export async function measureOpenLineage(server: ServerProcess): Promise<readonly Figure[]> {
  const reference = (): Promise<number> => Promise.resolve(BAR);
  const shared = { reference, runs: 3, bar: { atLeast: 1 } };
  const batches = (): Promise<number> => {
    const lists = Array.from({ length: EVENTS / BATCH }, () => Array.from({ length: BATCH }, nextEvent));
    return send(server, '/batch', CONNECTIONS.batches, lists);
  };
  const singles = (): Promise<number> =>
    send(server, '', CONNECTIONS.singles, Array.from({ length: EVENTS }, nextEvent));
  return [
    await compare({ name: 'OpenLineage in batches, events/s (bar)', ours: batches, ...shared }),
    await compare({ name: 'OpenLineage, 64 single posts at once, events/s (bar)', ours: singles, ...shared }),
  ];
}

async function send(
  { url, token }: ServerProcess,
  path: string,
  connections: number,
  bodies: readonly unknown[],
): Promise<number> {
  const to = { url, token, path: `/api/v1/lineage${path}`, type: 'application/json' } as const;
  const requests = bodies.map((body) => toRequest(to, Buffer.from(JSON.stringify(body))));
  const lines = await Promise.all(Array.from({ length: connections }, () => HttpLine.open(url)));
  const ms = await timed(() =>
    inParallel(connections, requests, (request, worker) => (lines[worker] as HttpLine).send(request)),
  );
  for (const line of lines) line.close();
  return (EVENTS * 1_000) / ms;
}

let made = 0;

/** A run of one of 200 jobs: the job writes its own data set and reads three raw ones. */
export function nextEvent(): unknown {
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
