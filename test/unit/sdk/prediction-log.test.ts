import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { CheckedDeclaration } from '../../../src/domain/declaration.js';
import type { PredictionLogOptions, SamplingPolicy } from '../../../src/sdk/index.js';
import { accepted, breakAfter, DoubleServer, problem, receipts, refused } from './double-server.js';
import {
  arrived,
  idsFrom,
  logMany,
  MODEL,
  testLog,
  unaccounted,
  until,
  type TestLog,
} from './prediction-logs.js';
import { TestClock } from './test-clock.js';

let server: DoubleServer;

beforeEach(async () => {
  server = await DoubleServer.start();
});

afterEach(async () => {
  await server.stop();
});

const start = (options: Partial<PredictionLogOptions> = {}): TestLog => testLog(server.url, options);
const sizes = (): number[] => server.requests.map(({ ids }) => ids.length);

function declared(): CheckedDeclaration[] {
  return server.requests
    .flatMap(({ body }) => body.trimEnd().split('\n'))
    .map((line) => parseDeclaration(JSON.parse(line)));
}

describe('a logged decision', () => {
  test('is declared with what its log says of all, and an id and a time of its own', async () => {
    const { log } = start({ endpoint: '/score', mode: 'SHADOW', clock: new TestClock(true) });
    const id = log.logPrediction({
      subjects: ['applicant-17'],
      features: { lvr: { value: 0.92, contribution: 0.41 } },
      score: 0.146,
      outcome: 'APPROVE',
    });
    await log.flush();
    expect(id).toMatch(/^prediction:lending\/decision@[0-9a-f-]{36}$/);
    expect(declared()).toMatchObject([
      {
        id,
        occurredAt: 1_000_000,
        subjects: ['applicant-17'],
        features: { lvr: { value: 0.92, contribution: 0.41 } },
        fields: { endpoint: '/score', mode: 'SHADOW', score: 0.146, outcome: 'APPROVE' },
        edges: [{ type: 'MADE_BY', to: MODEL }],
      },
    ]);
    expect(log.stats).toMatchObject({ logged: 1, delivered: 1, queued: 0, spilled: 0, lastError: undefined });
  });

  test('is copied: what happens to the arguments afterwards does not matter', async () => {
    const { log } = start();
    const features = { lvr: { value: 0.92 } };
    log.logPrediction({ subjects: [], features });
    features.lvr.value = 0;
    await log.flush();
    expect(declared()[0]?.features).toEqual({ lvr: { value: 0.92 } });
  });

  test.each([
    ['a part of the id is empty', { version: '' }],
    ['a value is not JSON', { features: { lvr: { value: 1n as never } } }],
  ])('never throws, but is told to be lost, when %s', async (_, args) => {
    const { log, losses } = start();
    expect(log.logPrediction({ subjects: [], ...args })).toBeUndefined();
    await until(() => losses.length === 1);
    expect(losses).toMatchObject([{ reason: 'NOT_DECLARABLE', count: 1 }]);
    expect(unaccounted(log)).toBe(0);
  });

  test('that the server refuses is told, and costs no other one', async () => {
    server.script(receipts((i, ids) => (i === 1 ? refused(i, ids) : accepted(i, ids))));
    const { log, losses } = start();
    logMany(log, 0, 3);
    await log.flush();
    await until(() => losses.length === 1);
    expect(losses).toEqual([
      { reason: 'REFUSED', count: 1, ids: idsFrom(1, 1), message: expect.stringContaining('refused by') },
    ]);
    expect(log.stats).toMatchObject({ delivered: 2, lost: { REFUSED: 1 } });
  });

  test('after the end is told to be lost', async () => {
    const { log, losses } = start();
    await log.close();
    await log.close();
    logMany(log, 0, 2);
    await until(() => losses.length === 1);
    expect(losses).toMatchObject([{ reason: 'CLOSED', count: 2, ids: idsFrom(0, 2) }]);
  });
});

describe('batches', () => {
  test('are limited in size and keep the order', async () => {
    const { log } = start({ maxBatch: 4 });
    logMany(log, 0, 10);
    await log.flush();
    expect(sizes()).toEqual([4, 4, 2]);
    expect(arrived(server)).toEqual(idsFrom(0, 10));
  });

  test('wait at most maxDelayMs for more', async () => {
    const clock = new TestClock();
    const { log } = start({ maxDelayMs: 50, clock });
    logMany(log, 0, 1);
    await until(() => clock.waits.length === 1);
    clock.advance(20);
    logMany(log, 1, 1);
    clock.advance(30);
    await until(() => log.stats.delivered === 2);
    expect(sizes()).toEqual([2]);
    expect(clock.waits).toEqual([50]);
  });

  test('go at once when they are full', async () => {
    const clock = new TestClock();
    const { log } = start({ maxDelayMs: 60_000, maxBatch: 2, clock });
    logMany(log, 0, 1);
    await until(() => clock.waits.length === 1);
    logMany(log, 1, 1);
    await until(() => log.stats.delivered === 2);
    expect(sizes()).toEqual([2]);
  });
});

describe('without a folder', () => {
  test('what fails is tried again from memory, only what had no receipt', async () => {
    server.script(problem(503, 'OVERLOADED'), breakAfter(2));
    const { log, losses } = start();
    logMany(log, 0, 5);
    await until(() => log.stats.delivered === 5);
    expect(sizes()).toEqual([5, 5, 3]);
    expect(losses).toEqual([]);
  });

  test('a full queue loses the newest, and says so', async () => {
    server.always(problem(503, 'OVERLOADED'));
    const { log, losses } = start({ maxQueue: 10 });
    logMany(log, 0, 25);
    await until(() => losses.length === 1);
    expect(losses).toMatchObject([{ reason: 'QUEUE_FULL', count: 15, ids: idsFrom(10, 10) }]);
    expect(unaccounted(log)).toBe(0);
    server.always(receipts(accepted));
    await until(() => log.stats.delivered === 10);
    expect(arrived(server)).toEqual(idsFrom(0, 10));
  });

  test('what cannot be sent at the end is told to be lost', async () => {
    server.always(problem(503, 'OVERLOADED'));
    const { log, losses } = start();
    logMany(log, 0, 3);
    await log.close();
    await until(() => losses.length === 1);
    expect(losses).toMatchObject([
      { reason: 'EXIT', count: 3, message: 'the server answered 503: because of OVERLOADED' },
    ]);
    expect(unaccounted(log)).toBe(0);
  });
});

describe('sampling', () => {
  const FEATURES = { lvr: { value: 0.92 }, dir: { value: 0.36 } };

  async function logged(policy: SamplingPolicy, count: number): Promise<CheckedDeclaration[]> {
    const { log } = start({ sampling: policy });
    for (let i = 0; i < count; i++) {
      log.logPrediction({ version: String(i), subjects: [], features: FEATURES, extra: { region: 'west' } });
    }
    await log.close();
    return declared();
  }

  test.each([
    ['full' as const, FEATURES, { policy: 'full', omitted: 0 }],
    ['skeleton' as const, {}, { policy: 'skeleton', omitted: 2 }],
    [{ rate: 1 }, FEATURES, { policy: 'rate', rate: 1, omitted: 0 }],
    [{ rate: 0 }, {}, { policy: 'rate', rate: 0, omitted: 2 }],
  ])('%j is declared with the decision', async (policy, features, sampling) => {
    const [one] = await logged(policy, 1);
    expect(one).toMatchObject({ fields: { extra: { region: 'west', sampling } } });
    expect(one?.features).toEqual(features);
  });

  test('by a rate is decided by the id, so that every process decides alike', async () => {
    const first = await logged({ rate: 0.3 }, 400);
    const kept = first.filter(({ features }) => 'lvr' in features);
    expect(kept.length).toBeGreaterThan(80);
    expect(kept.length).toBeLessThan(160);
    for (const { features, fields } of first) {
      expect(fields.extra).toMatchObject({ sampling: { rate: 0.3, omitted: 'lvr' in features ? 0 : 2 } });
    }
    server.requests.length = 0;
    expect((await logged({ rate: 0.3 }, 400)).map(({ features }) => features)).toEqual(
      first.map(({ features }) => features),
    );
  });

  test('by a rate that is none is refused when the log is made', () => {
    expect(() => start({ sampling: { rate: 1.5 } })).toThrow(
      'a sampling rate must be from 0 to 1, but got: 1.5',
    );
  });
});
