/**
 * `npm run torture -- spill`: a process that logs decisions is killed with `kill -9` at a random moment, again and again,
 * while the server comes and goes. Whatever a process had said to be delivered or on disk must have arrived in the end.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { PredictionLog, type PredictionLogOptions } from '../../src/sdk/index.js';
import type { Outcome, TortureContext } from './outcome.js';

/** A test runs this file from its source, the command runs it built. */
const EXTENSION = extname(import.meta.filename);
const LOADER = EXTENSION === '.ts' ? ['--import', 'tsx'] : [];
const SDK = pathToFileURL(join(import.meta.dirname, `../../src/sdk/index${EXTENSION}`)).href;

/** Logs ten decisions at a time, and says so once they are safe: after a flush, all are delivered or on disk. */
const PROGRAM = `
  import { PredictionLog } from ${JSON.stringify(SDK)};
  const log = new PredictionLog(JSON.parse(process.env.OPTIONS));
  for (let i = 0; ; i += 10) {
    for (let k = i; k < i + 10; k++) log.logPrediction({ version: process.env.CYCLE + '-' + k, subjects: [] });
    await log.flush();
    if (log.stats.queued === 0) console.log(i + 10);
  }
`;

/** Takes declarations, or is away. */
class FlakyServer {
  readonly arrived = new Set<string>();
  repeated = 0;
  away = false;

  readonly handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const lines = (await text(request)).trimEnd().split('\n');
    if (this.away) {
      response.writeHead(503).end();
      return;
    }
    const receipts = lines.map((line, index) => {
      const { id } = JSON.parse(line) as { id: string };
      const repeated = this.arrived.has(id);
      if (repeated) this.repeated++;
      this.arrived.add(id);
      return JSON.stringify({ index, id, digest: 'ab', leafIndex: index, repeated });
    });
    response.end(`${receipts.join('\n')}\n`);
  };
}

export async function run({ cycles, seed, log }: TortureContext): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pedigree-spill-'));
  const flaky = new FlakyServer();
  const server = createServer((request, response) => void flaky.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = {
    url,
    token: '',
    namespace: 'torture',
    name: 'decision',
    model: 'model:torture/m@1',
    folder,
  };
  const random = randomOf(seed);
  const safe: string[] = [];
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      const count = await killedWhileLogging(options, cycle, flaky, random);
      for (let k = 0; k < count; k++) safe.push(`prediction:torture/decision@${cycle}-${k}`);
      log(`cycle ${cycle}: ${count} decisions were safe when it was killed`);
    }
    flaky.away = false;
    const torn = await replay(options);
    const missing = safe
      .filter((id) => !flaky.arrived.has(id))
      .map((id) => `${id} was safe and did not arrive`);
    const left = (await readdir(folder)).map((name) => `${name} is left in the folder`);
    const facts = {
      safe: safe.length,
      arrived: flaky.arrived.size,
      'sent again': flaky.repeated,
      'torn lines': torn,
    };
    return { cycles, violations: [...missing, ...left], facts };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One process from its start to its death; resolves to how many decisions it had said to be safe. */
async function killedWhileLogging(
  options: PredictionLogOptions,
  cycle: number,
  flaky: FlakyServer,
  random: () => number,
): Promise<number> {
  flaky.away = random() < 0.5;
  const env = {
    ...process.env,
    CYCLE: String(cycle),
    OPTIONS: JSON.stringify({ ...options, baseMs: 5, capMs: 20 }),
  };
  const args = [...LOADER, '--input-type=module', '--eval', PROGRAM];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  const timers = [
    setTimeout(() => (flaky.away = !flaky.away), random() * 200),
    setTimeout(() => child.kill('SIGKILL'), random() * 300),
  ];
  await closed;
  timers.forEach(clearTimeout);
  // The last line may have been cut off; the one before it was not.
  return Number(said.split('\n').at(-2) ?? 0);
}

/** Delivers what all of them left behind; resolves to how many last lines had been cut off. */
async function replay(options: PredictionLogOptions): Promise<number> {
  const log = new PredictionLog({ ...options, onLoss: () => undefined });
  await log.close();
  return log.stats.lost.TORN;
}

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
