/** A follower against logs that cheat: each way of cheating is caught and called by its name. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { followOnce, type Followed } from '../../../../src/cli/follow/follower.js';
import { signCheckpoint } from '../../../../src/ledger/checkpoint.js';
import { emptyRoot } from '../../../../src/ledger/merkle.js';
import { parseTilePath } from '../../../../src/ledger/tile.js';
import { entriesOf, newLogKeys, ServedLog } from '../../../support/served-log.js';

const KEYS = newLogKeys();
const ENTRIES = entriesOf(1_300);

const honest = (size: number): ServedLog => new ServedLog(ENTRIES.slice(0, size), KEYS);

function follow(log: ServedLog, known?: Followed, options: { entries?: boolean; all?: boolean } = {}) {
  return followOnce(log, known, { verifier: KEYS.verifier, entries: true, all: false, ...options });
}

async function refusal(
  work: Promise<unknown>,
): Promise<{ finding?: string; message?: string; note?: string }> {
  return work.then(
    () => ({}),
    (error: unknown) => error as { finding: string },
  );
}

describe('an honest log', () => {
  test('is followed from any size to any larger one', async () => {
    const sizes = fc.tuple(fc.nat(1_300), fc.nat(1_300)).map((pair) => pair.toSorted((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(sizes, async ([from, to]) => {
        const known = await follow(honest(from!));
        const head = await follow(honest(to!), known);
        expect(head.size).toBe(to);
      }),
      { numRuns: 12, seed: 3, examples: [[[0, 0]], [[0, 1]], [[255, 256]], [[256, 512]], [[512, 1_300]]] },
    );
  });

  test('gives only what is new', async () => {
    const log = honest(1_300);
    await follow(log, await follow(honest(1_100)));
    expect(log.read.toSorted()).toEqual(
      ['0/004', '0/004', '0/005.p/20', '0/005.p/20', '1/000.p/5', 'entries/004', 'entries/005.p/20'].map(
        (path) => `tile/${path}`,
      ),
    );
  });
});

describe('a log that', () => {
  test.each([
    ['drops an entry', [...ENTRIES.slice(0, 299), ...ENTRIES.slice(300)]],
    ['swaps two entries', [...ENTRIES.slice(0, 299), ENTRIES[300]!, ENTRIES[299]!, ...ENTRIES.slice(301)]],
    ['rewrites an entry', ENTRIES.with(17, Buffer.from('{"at":17000,"by":"somebody else"}'))],
    ['puts an entry in between', [...ENTRIES.slice(0, 5), ENTRIES[5]!, ...ENTRIES.slice(5)]],
    ['goes on from a fork', [...ENTRIES.slice(0, 500), ...entriesOf(1_300, 'fork').slice(500)]],
  ])('%s and makes its tree and signature anew: FORKED', async (_what, leaves) => {
    const known = await follow(honest(700));
    const forked = await refusal(follow(new ServedLog(leaves, KEYS), known, { entries: false }));
    expect(forked).toMatchObject({ finding: 'FORKED' });
    expect(forked.message).toContain(`does not extend that of 700`);
    // The two signed notes are the proof.
    expect(forked.note).toContain(`\n${leaves.length}\n`);
  });

  test('signs another tree of the same size: FORKED', async () => {
    const known = await follow(honest(700));
    const other = new ServedLog(entriesOf(700, 'fork'), KEYS);
    expect(await refusal(follow(other, known))).toMatchObject({
      finding: 'FORKED',
      message: 'the log has signed two different trees of 700 entries',
    });
  });

  test('replays an old head: ROLLED_BACK', async () => {
    const known = await follow(honest(700));
    expect(await refusal(follow(honest(699), known))).toMatchObject({
      finding: 'ROLLED_BACK',
      message: 'the log had 700 entries and now says 699',
    });
  });

  test.each([
    ['is signed by another key', newLogKeys().signer],
    ['is another one under another name', { ...KEYS.signer, name: 'other.example' }],
  ])('%s: CHECKPOINT_REFUSED', async (_what, signer) => {
    const log = honest(3);
    log.fake.set('checkpoint', Buffer.from(signCheckpoint({ size: 0, root: emptyRoot() }, signer)));
    expect(await refusal(follow(log))).toMatchObject({ finding: 'CHECKPOINT_REFUSED' });
  });

  test('gives the tiles of a fork with the head of the honest tree: TILE_ALTERED', async () => {
    const known = await follow(honest(700));
    const log = new ServedLog([...ENTRIES.slice(0, 900), ...entriesOf(1_300, 'fork').slice(900)], KEYS);
    log.fake.set('checkpoint', Buffer.from(await honest(1_300).checkpoint()));
    expect(await refusal(follow(log, known))).toMatchObject({ finding: 'TILE_ALTERED' });
  });

  test('gives other entries than those in its tree: ENTRY_ALTERED', async () => {
    const log = honest(600);
    log.fake.set(
      'tile/entries/001',
      await new ServedLog(entriesOf(600, 'x'), KEYS).tile(parseTilePath('tile/entries/001')),
    );
    expect(await refusal(follow(log))).toMatchObject({
      finding: 'ENTRY_ALTERED',
      message: 'entry 256 in tile/entries/001 is not the one whose hash is in the tree',
    });
    expect(await refusal(follow(log, undefined, { entries: false }))).toEqual({});
  });

  test('records an entry with a time before that of the one ahead of it: BACK_DATED', async () => {
    const leaves = ENTRIES.slice(0, 600).with(300, Buffer.from('{"at":298000,"by":"late"}'));
    expect(await refusal(follow(new ServedLog(leaves, KEYS)))).toMatchObject({
      finding: 'BACK_DATED',
      message: 'entry 300 in tile/entries/001 says no time, or one before that of the entry ahead of it',
    });
  });

  test.each(['tile/0/001', 'tile/1/000.p/2', 'tile/0/002.p/88', 'tile/entries/002.p/88'])(
    'does not give %s: WITHHELD',
    async (path) => {
      const log = honest(600);
      log.fake.set(path, undefined);
      expect(await refusal(follow(log))).toMatchObject({
        finding: 'WITHHELD',
        message: `${path} must be there, as the checkpoint says, but is not`,
      });
    },
  );
});

test('one changed bit anywhere in any tile is found, and the tile is named', async () => {
  const log = honest(300);
  const note = Buffer.from(await log.checkpoint());
  for (const rest of ['0/000', '0/001.p/44', '1/000.p/1', 'entries/000', 'entries/001.p/44']) {
    const path = `tile/${rest}`;
    const id = parseTilePath(path);
    const bits = (await log.tile(id)).length * 8;
    // Every bit of the smallest tile; of the others so many that each hash and each entry has one.
    for (let bit = 0; bit < bits; bit += bits <= 256 ? 1 : 249) {
      log.fake.set('checkpoint', note);
      await log.flip(path, id, bit);
      const { finding, message } = await refusal(follow(log));
      log.fake.clear();
      const named = finding === (path.includes('entries') ? 'ENTRY_ALTERED' : 'TILE_ALTERED');
      expect({ path, bit, named: named && message!.includes(path) }).toEqual({ path, bit, named: true });
    }
  }
}, 120_000);

test('--all looks at old tiles again', async () => {
  const known = await follow(honest(1_000));
  const log = honest(1_300);
  await log.flip('tile/0/001', parseTilePath('tile/0/001'), 9);
  expect(await refusal(follow(log, known))).toEqual({});
  expect(await refusal(follow(log, known, { all: true }))).toMatchObject({
    finding: 'TILE_ALTERED',
    message: 'tile/0/001 is not the one whose hash is in tile/1/000.p/5',
  });
});
