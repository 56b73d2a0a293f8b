/**
 * `npm run bench -- capture`: what the way in costs, beside the database alone; some five minutes on a quiet machine. The
 * server runs as a process of its own; what is sent is made before the clock starts.
 *
 * `npm run bench -- capture --memory [--items N]`: the most memory that the server holds while so many decisions (1,000,000
 * if not given) stream in, once with plain and once with personal values.
 */
import { PARENTS, predictionLines, type Privacy } from './capture-load/bodies.js';
import { HttpLine, toRequest, type HttpRequest } from './capture-load/http-line.js';
import { inParallel, RawWriter, type StoredDecision } from './capture-load/raw-writer.js';
import { startServerProcess, type ServerProcess } from './capture-load/server-process.js';
import type { BenchContext } from './main.js';
import { compare, median, timed } from './measure.js';
import { measureOpenLineage } from './openlineage.js';
import type { Figure } from './report.js';
import { measureCall } from './sdk.js';

/** Decisions of one bulk run, sent as so many streams at once. */
const BULK = 16_000;
const STREAMS = 2;
const BULK_BARS = { plain: { atLeast: 0.6 }, personal: { atLeast: 0.4 } } as const;
const RAW_BATCH = 5_000;
const RAW_CONNECTIONS = [1, 2, 4];
/** Runs before anything is compared: as many as raw writing has had by then, for the database compiles what it does often. */
const WARM_UPS = 10;

const SINGLES = { ours: 6_000, reference: 1_000, connections: 64 };
const RUNS = 3;
const MEMORY_ITEMS = 1_000_000;
const MEMORY_BAR_MB = 400;
const LOOK_EVERY_MS = 200;
/** Decisions in one piece of a long stream. */
const PIECE = 2_000;

interface Bench {
  readonly server: ServerProcess;
  readonly raw: RawWriter;
  readonly declare: HttpRequest;
  readonly log: (line: string) => void;
}

export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const server = await startServerProcess(context);
  const raw = new RawWriter(server.database);
  try {
    const { url, token } = server;
    const declare = { url, token, path: '/v1/declare', type: 'application/x-ndjson' } as const;
    const bench: Bench = { server, raw, declare, log: context.log };
    await sendAll(bench, [Buffer.from(PARENTS)]);
    if (context.memory) return await measureMemory(bench, context.items ?? MEMORY_ITEMS);
    const plain = await compareBulk(bench, 'plain');
    const personal = await compareBulk(bench, 'personal');
    const singles = await compareSingles(bench);
    const openLineage = await measureOpenLineage(server);
    const call = await measureCall();
    return [plain, personal, ...singles, ...openLineage, call];
  } finally {
    await raw.close();
    await server.stop();
  }
}

/** Decisions a second, against raw `UNWIND` CREATE of the same nodes and edges with the number of connections best for it. */
async function compareBulk(bench: Bench, privacy: Privacy): Promise<Figure> {
  let sent = 0;
  const ours = async (): Promise<number> => {
    const first = sent;
    sent += BULK;
    const bodies = Array.from({ length: STREAMS }, (_, i) => {
      const share = BULK / STREAMS;
      return predictionLines(privacy, privacy, first + i * share, share);
    });
    const requests = bodies.map((body) => toRequest(bench.declare, body));
    return rateOf(BULK, () => sendRequests(bench, requests));
  };
  for (let run = 0; run < WARM_UPS; run += 1) await ours();
  const samples = await bench.raw.stored(privacy, 1_000);
  const connections = await bestConnections(bench, samples);
  const name = `bulk declare, ${privacy} values, decisions/s (raw UNWIND CREATE with ${connections} connections)`;
  return report(
    bench,
    await compare({
      name,
      ours,
      reference: () => rawRate(bench, samples, connections),
      runs: RUNS,
      bar: BULK_BARS[privacy],
    }),
  );
}

async function bestConnections(bench: Bench, samples: readonly StoredDecision[]): Promise<number> {
  const rates: (readonly [connections: number, rate: number])[] = [];
  await rawRate(bench, samples, 2);
  for (const connections of RAW_CONNECTIONS) {
    const runs = [
      await rawRate(bench, samples, connections),
      await rawRate(bench, samples, connections),
      await rawRate(bench, samples, connections),
    ];
    rates.push([connections, median(runs)]);
  }
  bench.log(`raw: ${rates.map(([n, rate]) => `${n} connections ${rate.toFixed(0)}/s`).join(', ')}`);
  return rates.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
}

async function rawRate(
  { raw }: Bench,
  samples: readonly StoredDecision[],
  connections: number,
): Promise<number> {
  const rows = raw.rowsLike(samples, BULK);
  return rateOf(BULK, () => raw.write(rows, RAW_BATCH, connections));
}

/** Single posts at once, against a transaction for each event with as many at once; and how long each takes. */
async function compareSingles(bench: Bench): Promise<Figure[]> {
  const { connections } = SINGLES;
  const samples = await bench.raw.stored('plain', 1_000);
  const lines = await Promise.all(Array.from({ length: connections }, () => HttpLine.open(bench.server.url)));
  const times: Record<'ours' | 'reference', number[][]> = { ours: [], reference: [] };
  let sent = 0;
  const ours = (): Promise<number> => {
    const first = sent;
    sent += SINGLES.ours;
    const requests = Array.from({ length: SINGLES.ours }, (_, i) =>
      toRequest(bench.declare, predictionLines('plain', 'single', first + i, 1)),
    );
    return rateEach(requests, times.ours, (request, worker) => (lines[worker] as HttpLine).send(request));
  };
  const reference = (): Promise<number> =>
    rateEach(bench.raw.rowsLike(samples, SINGLES.reference), times.reference, (row) =>
      bench.raw.writeBatch([row]),
    );
  const name = `${connections} single posts at once, decisions/s (one transaction each)`;
  const rate = await compare({ name, ours, reference, runs: RUNS, bar: { atLeast: 10 } });
  for (const line of lines) line.close();
  const figures = [0.5, 0.99].map((part) => latency(times, part));
  return [rate, ...figures].map((figure) => report(bench, figure));
}

/** The warm-up's times, which come first, are left out. */
function latency(times: Readonly<Record<'ours' | 'reference', readonly number[][]>>, part: number): Figure {
  const [ours = [], reference = []] = [times.ours, times.reference].map((runs) =>
    runs.slice(1).map((run) => run.toSorted((a, b) => a - b)[Math.floor(part * run.length)] ?? Number.NaN),
  );
  const ratios = ours.map((one, i) => one / (reference[i] ?? Number.NaN));
  return {
    name: `the same, time of one at p${part * 100}, ms`,
    ours: median(ours),
    reference: median(reference),
    ratio: median(ours) / median(reference),
    bar: null,
    holds: true,
    runs: ours.length,
    spread: (Math.max(...ratios) - Math.min(...ratios)) / median(ratios),
  };
}

async function rateEach<T>(
  items: readonly T[],
  runs: number[][],
  work: (item: T, worker: number) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  const rate = await rateOf(items.length, () =>
    inParallel(SINGLES.connections, items, async (item, worker) => {
      times.push(await timed(() => work(item, worker)));
    }),
  );
  runs.push(times);
  return rate;
}

/** The most memory that the server's process has held, from its start to the end of a stream of so many decisions. */
async function measureMemory(bench: Bench, items: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const privacy of ['plain', 'personal'] as const) {
    const line = await HttpLine.open(bench.server.url);
    let own = 0;
    const look = setInterval(() => (own = Math.max(own, bench.server.ownMb())), LOOK_EVERY_MS);
    const ms = await timed(() => line.stream(bench.declare, pieces(privacy, items)));
    clearInterval(look);
    line.close();
    const what = `${items.toLocaleString('en')} ${privacy} decisions streamed at ${((items * 1_000) / ms).toFixed(0)}/s`;
    figures.push(
      report(bench, memoryFigure(`peak memory with ${what}, MB (limit)`, bench.server.peakMb(), true)),
    );
    figures.push(report(bench, memoryFigure('of it without mapped files, MB (limit)', own, false)));
  }
  return figures;
}

/** The bar is on all that is resident; what the system may take back at any time is in it, so both are said. */
function memoryFigure(name: string, megabytes: number, barred: boolean): Figure {
  const ratio = megabytes / MEMORY_BAR_MB;
  const verdict = barred ? { bar: '<= 1', holds: ratio <= 1 } : { bar: null, holds: true };
  return { name, ours: megabytes, reference: MEMORY_BAR_MB, ratio, ...verdict, runs: 1, spread: 0 };
}

function* pieces(privacy: Privacy, items: number): Generator<Buffer> {
  for (let first = 0; first < items; first += PIECE) {
    yield predictionLines(privacy, `long-${privacy}`, first, Math.min(PIECE, items - first));
  }
}

async function sendAll(bench: Bench, bodies: readonly Buffer[]): Promise<void> {
  await sendRequests(
    bench,
    bodies.map((body) => toRequest(bench.declare, body)),
  );
}

async function sendRequests({ server }: Bench, requests: readonly Buffer[]): Promise<void> {
  await Promise.all(
    requests.map(async (request) => {
      const line = await HttpLine.open(server.url);
      await line.send(request);
      line.close();
    }),
  );
}

async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  return (count * 1_000) / (await timed(work));
}

function report({ log }: Bench, figure: Figure): Figure {
  log(
    `${figure.name}: ${figure.ours.toFixed(1)} beside ${figure.reference.toFixed(1)}, ${figure.ratio.toFixed(2)} ×`,
  );
  return figure;
}
