/** What the service decides before anything is written; the rest is tested on a real database. */
import { afterAll, describe, expect, test } from '@jest/globals';

import { CaptureService, MAX_BATCH_ITEMS } from '../../../src/capture/capture-service.js';
import type { Producer } from '../../../src/capture/producer.js';
import { PedigreeError } from '../../../src/domain/errors.js';
import type { ItemOutcome } from '../../../src/store/batch-plan.js';
import type { EntryWriter } from '../../../src/store/entry-writer.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ATTESTATION, DATASET, MODEL, TRANSFORM } from './refusals.js';

const keyStore = new EmbeddedKeyStore(temporaryFolder());
/** Nothing that these tests declare may reach it. */
const noWriter = {} as unknown as EntryWriter;
const service = new CaptureService(noWriter, keyStore);
afterAll(() => keyStore.close());

const ANYBODY: Producer = { name: 'ci', tokenId: 'ci', namespaces: ['*'] };

describe('a list', () => {
  test('must not be empty', async () => {
    await expect(service.declare([], ANYBODY)).rejects.toMatchObject({
      code: 'EMPTY_BATCH',
      message: 'at least one declaration is required, but the list is empty',
    });
  });

  test('has a limit, and the message says how to declare more', async () => {
    await expect(service.declare(Array(100_000).fill(DATASET), ANYBODY)).rejects.toMatchObject({
      code: 'BATCH_TOO_LARGE',
      message: `a list may have at most ${MAX_BATCH_ITEMS} declarations; stream a longer one as NDJSON to /v1/declare, but got: 100000`,
    });
  });
});

test('every bad item has its own receipt, which names it, in the order of the list', async () => {
  const items = [7, { ...DATASET, kind: 'Table' }, { id: 'x'.repeat(300), kind: 'Dataset' }];
  const receipts = await service.declare(items, ANYBODY);
  expect(receipts).toMatchObject([
    {
      index: 0,
      error: { code: 'BAD_INPUT', message: 'item 0: a declaration must be a JSON object, but got: 7' },
    },
    {
      index: 1,
      id: DATASET.id,
      error: {
        code: 'UNKNOWN_KIND',
        message:
          'item 1 (dataset:lending/loans@1): "kind" must be one of Dataset, Transform, FeatureDef, Model, Prediction, Attestation, but got: "Table"',
      },
    },
    { index: 2, id: 'x'.repeat(300), error: { code: 'BAD_URN' } },
  ]);
  expect(receipts[2]).toMatchObject({
    error: { message: expect.stringMatching(/^item 2 \(x{200}\): an id must be /) },
  });
});

test('what could not be parsed keeps its place in a stream', async () => {
  const error = new PedigreeError('DUPLICATE_KEY', 'each name must occur once');
  expect(await service.declareItems([{ error }], ANYBODY, { offset: 41 })).toEqual([
    {
      index: 41,
      error: { code: 'DUPLICATE_KEY', message: 'item 41: each name must occur once', details: {} },
    },
  ]);
});

test('one post of a token goes with the next batch, however much another token has waiting', async () => {
  const batches: (readonly PreparedEntry[])[] = [];
  const waiting: (() => void)[] = [];
  const writer = {
    append: (items: readonly PreparedEntry[]) =>
      new Promise<ItemOutcome[]>((resolve) => {
        batches.push(items);
        waiting.push(() =>
          resolve(items.map((_, leafIndex) => ({ accepted: true, digest: '', leafIndex, repeated: false }))),
        );
      }),
  } as unknown as EntryWriter;
  const busy = new CaptureService(writer, keyStore);
  const numbered = (name: string, count: number): { value: object }[] =>
    Array.from({ length: count }, (_, i) => ({
      value: { ...DATASET, id: `dataset:lending/${name}@${String(i)}` },
    }));
  const chunks = Array.from({ length: 14 }, (_, i) =>
    busy.declareItems(numbered(`stream-${String(i)}`, 1_000), ANYBODY, { patient: i > 0 }),
  );
  while (waiting.length === 0) await new Promise(setImmediate);
  const post = busy.declareItems(numbered('post', 1), { ...ANYBODY, tokenId: 'other' });
  await new Promise(setImmediate);
  while (batches.flat().length < 14_001 || waiting.length > 0) {
    waiting.shift()?.();
    await new Promise(setImmediate);
  }
  await Promise.all([post, ...chunks]);
  // 0 was being written when it came.
  expect(batches.findIndex((batch) => batch.some(({ id }) => id.startsWith('dataset:lending/post@')))).toBe(
    1,
  );
  expect(batches.flat()).toHaveLength(14_001);
});

test('an item may have a million characters, and the message says what to do with more', async () => {
  const big = { ...MODEL, fields: { hyperparameters: { weights: 'x'.repeat(1_048_577) } } };
  expect(await service.declare([big], ANYBODY)).toMatchObject([
    {
      error: {
        code: 'ITEM_TOO_LARGE',
        message:
          'item 0 (model:lending/scorer@1): a declaration may have at most 1048576 characters; refer to larger values by digest, but got: 1048612',
      },
    },
  ]);
});

describe('a producer writes in its own namespaces only', () => {
  const FORBIDDEN = { error: { code: 'NAMESPACE_FORBIDDEN' } };

  test.each([
    ['of another team', ['fraud'], DATASET, 'fraud'],
    ['without any', [], DATASET, 'none'],
    ['whose namespace only begins alike', ['lend'], DATASET, 'lend'],
    ['of several others', ['a', 'b*'], DATASET, 'a, b*'],
  ])('%s', async (_what, namespaces, item, named) => {
    expect(await service.declare([item], { name: 'ci', tokenId: 'ci', namespaces })).toMatchObject([
      FORBIDDEN,
    ]);
    expect(await service.declare([item], { name: 'ci', tokenId: 'ci', namespaces })).toMatchObject([
      {
        error: {
          message: `item 0 (dataset:lending/loans@1): this token may write in the namespaces ${named} only, but got: "lending"`,
        },
      },
    ]);
  });

  test('also by attesting an edge of, or withdrawing one from, what is not theirs', async () => {
    const own = { ...ATTESTATION, id: 'attestation:fraud/note@1', fields: { reason: 'x' } };
    const edge = { type: 'READ', from: TRANSFORM.id, to: DATASET.id };
    const items = [
      { ...own, type: 'CORRECTS', about: [TRANSFORM.id], withdraws: [edge] },
      { ...own, type: 'RESOLVED', edges: [edge] },
    ];
    const receipts = await service.declare(items, { name: 'ci', tokenId: 'ci', namespaces: ['fraud'] });
    expect(receipts).toMatchObject([FORBIDDEN, FORBIDDEN]);
  });

  test('percent-encoding does not get around it', async () => {
    const item = { ...DATASET, id: 'dataset:s3%3A%2F%2Flake/loans@1', kind: 'Dataset' };
    const receipts = await service.declare([item], {
      name: 'ci',
      tokenId: 'ci',
      namespaces: ['s3%3A%2F%2Flake'],
    });
    expect(receipts).toMatchObject([FORBIDDEN]);
  });
});
