/**
 * The log layer by itself, on one core: leaf hashes, bundles, tiles, and for each batch a root that is signed and kept
 * on disk. Without the database: what that costs is a part of capture.
 */
import { join } from 'node:path';
import { base64 } from '@scure/base';

import { packBundles } from '../../src/ledger/bundle.js';
import { signCheckpoint } from '../../src/ledger/checkpoint.js';
import { leafHash } from '../../src/ledger/merkle.js';
import { TileBuilder } from '../../src/ledger/tile-builder.js';
import { EmbeddedHeadStore } from '../../src/store/keys/embedded-head-store.js';
import type { SignedHead } from '../../src/store/keys/head-store.js';
import { openLogKey } from '../../src/store/keys/log-key.js';
import type { BenchContext } from '../main.js';
import { compare } from '../measure.js';
import type { Figure } from '../report.js';
import { randomLeaves } from './random-log.js';

const ENTRIES = 50_000;
const ORIGIN = 'bench.example/lineage';

export async function logLayer({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const batch of [100, 1_000]) {
    log(`log layer, a head every ${batch} entries`);
    figures.push(
      await compare({
        name: `log layer, entries/s, a signed head every ${batch}`,
        ours: () => entriesPerSecond(join(workDir, `heads-${batch}`), batch),
        // Against one a second, the ratio is the rate, and so is the bar.
        reference: () => Promise.resolve(1),
        runs: 5,
        bar: { atLeast: 5_000 },
      }),
    );
  }
  return figures;
}

async function entriesPerSecond(folder: string, batch: number): Promise<number> {
  const leaves = randomLeaves(0, ENTRIES);
  const heads = new EmbeddedHeadStore(folder);
  const signer = openLogKey(folder)(ORIGIN);
  const builder = new TileBuilder();
  let last: SignedHead | undefined = await heads.read('lineage');
  const start = performance.now();
  for (let from = 0; from < ENTRIES; from += batch) {
    const added = leaves.slice(from, from + batch);
    packBundles(from, added);
    for (const leaf of added) builder.add(leafHash(leaf));
    const head = { size: builder.size, root: builder.root() };
    const next = {
      ...{ origin: ORIGIN, size: head.size, root: base64.encode(head.root) },
      ...{ note: signCheckpoint(head, signer), signedAt: 0 },
    };
    if (!(await heads.replace('lineage', last, next))) throw new Error('the head was not kept');
    last = next;
  }
  const seconds = (performance.now() - start) / 1000;
  await heads.close();
  return ENTRIES / seconds;
}
