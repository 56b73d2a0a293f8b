/** Checking a mirrored log of a million entries, as a user does it: `pedigree follow file:///… --once --all --entries`. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { packageRoot } from '../../src/domain/package-root.js';
import { packBundles } from '../../src/ledger/bundle.js';
import { signCheckpoint } from '../../src/ledger/checkpoint.js';
import { leafHash } from '../../src/ledger/merkle.js';
import { formatVerifierKey } from '../../src/ledger/signed-note.js';
import { partialTiles, TILE_WIDTH, tilePath, type TileId } from '../../src/ledger/tile.js';
import { TileBuilder } from '../../src/ledger/tile-builder.js';
import { openLogKey } from '../../src/store/keys/log-key.js';
import type { BenchContext } from '../main.js';
import { compare } from '../measure.js';
import type { Figure } from '../report.js';
import { randomLeaves } from './random-log.js';

const ENTRIES = 1_000_000;
const RUNS = 3;

export async function offlineVerification({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  log(`writing a log of ${ENTRIES} entries`);
  const folder = join(workDir, 'mirror');
  await mkdir(folder);
  const key = await writeLog(folder);
  log('checking it');
  let peak = 0;
  const time = await compare({
    name: 'checking 1,000,000 entries offline, s',
    ours: async () => {
      const { seconds, megabytes } = await verify(folder, key);
      peak = Math.max(peak, megabytes);
      return seconds;
    },
    // Against one second, the ratio is the time in seconds, and so is the bar.
    reference: () => Promise.resolve(1),
    runs: RUNS,
    bar: { atMost: 60 },
  });
  const memory = await compare({
    name: 'the most memory that took, MB',
    ours: () => Promise.resolve(peak),
    reference: () => Promise.resolve(1),
    runs: 1,
    bar: { atMost: 300 },
  });
  return [time, memory];
}

async function writeLog(folder: string): Promise<string> {
  const builder = new TileBuilder();
  for (let index = 0; builder.size < ENTRIES; index++) {
    const leaves = randomLeaves(builder.size, Math.min(TILE_WIDTH, ENTRIES - builder.size));
    for (const { bytes, count } of packBundles(builder.size, leaves)) {
      await writeTile(folder, { level: 'entries', index, width: count }, bytes);
    }
    for (const tile of leaves.flatMap((leaf) => builder.add(leafHash(leaf)))) {
      await writeTile(folder, { ...tile, width: TILE_WIDTH }, tile.bytes);
    }
  }
  for (const tile of partialTiles(ENTRIES)) await writeTile(folder, tile, builder.partial(tile.level));
  const signer = openLogKey(folder)('bench.example/lineage');
  await writeFile(
    join(folder, 'checkpoint'),
    signCheckpoint({ size: ENTRIES, root: builder.root() }, signer),
  );
  return formatVerifierKey(signer);
}

async function writeTile(folder: string, id: TileId, bytes: Uint8Array): Promise<void> {
  const path = join(folder, tilePath(id));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** In a process of its own, which says at its end how much memory it took at most. */
async function verify(folder: string, key: string): Promise<{ seconds: number; megabytes: number }> {
  const report = 'process.on("exit",()=>process.stderr.write(`maxRSS ${process.resourceUsage().maxRSS}`))';
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(report)}`],
      ...[join(packageRoot(), 'dist/src/cli/main.js'), 'follow', pathToFileURL(folder).href],
      ...['--key', key, '--state', join(folder, 'state'), '--once', '--all', '--entries'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const [, kilobytes] = /maxRSS (\d+)/.exec(said) ?? [];
  if (code !== 0 || kilobytes === undefined) throw new Error(said);
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(kilobytes) / 1024 };
}
