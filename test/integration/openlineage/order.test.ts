/** Laws over the real events: order and repetition change nothing, and a lost event costs what it said, no more. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { EventCapture, lineageLines, realEvents, runEvent } from '../../support/openlineage.js';

let events: EventCapture;

beforeAll(async () => {
  events = await EventCapture.open();
});

afterAll(() => events.close());

async function lineageOf(batches: readonly (readonly (string | object)[])[]): Promise<string[]> {
  events = await events.reset();
  for (const batch of batches) await events.ingestAll(batch);
  return lineageLines(events);
}

/** Every event at least once, some twice, in any order, cut into requests of any size. */
function shuffled<T>(all: readonly T[]): fc.Arbitrary<T[][]> {
  return fc
    .tuple(fc.subarray([...all]), fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 12 }))
    .map(([again, keys, size]) => {
      const order = [...all, ...again]
        .map((event) => ({ event, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event);
      return Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
        order.slice(i * size, (i + 1) * size),
      );
    });
}

describe('the real events', () => {
  test('come to the same lineage in every order, with repeats', async () => {
    const all = realEvents();
    const expected = await lineageOf([all]);
    expect(expected.length).toBeGreaterThan(150);
    await fc.assert(
      fc.asyncProperty(shuffled(all), async (batches) => {
        expect(await lineageOf(batches)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  test('each one dropped leaves a gap of what it said', async () => {
    const all = realEvents();
    const whole = new Set(await lineageOf([all]));
    for (const [i, dropped] of all.entries()) {
      const lines = await lineageOf([all.filter((_, other) => other !== i)]);
      const said = new Set(await lineageOf([[dropped]]));
      const missing = [...whole].filter((line) => !lines.includes(line));
      // A binding is a conclusion: it may go, or be drawn from what is left, when what it rests on is not known.
      expect(missing.filter((line) => !said.has(line) && !line.includes(' RESOLVED_TO '))).toEqual([]);
      expect(lines.filter((line) => !whole.has(line) && !line.includes(' RESOLVED_TO '))).toEqual([]);
      expect(missing.some((line) => line.startsWith('attestation '))).toBe(true);
    }
  }, 240_000);
});

describe('bindings of unversioned reads', () => {
  test('come to the same in every order, also where times are equal and jobs read what they write', async () => {
    const run = fc.record({
      job: fc.constantFrom('a', 'b', 'c'),
      start: fc.integer({ min: 10, max: 14 }),
      lasts: fc.integer({ min: 0, max: 2 }),
      inputs: fc.subarray(['x', 'y']),
      outputs: fc.subarray(['x', 'y']),
      ends: fc.constantFrom('COMPLETE', 'COMPLETE', 'FAIL'),
    });
    const at = (hour: number): string => `${String(hour)}:00`;
    const runs = fc
      .array(run, { minLength: 2, maxLength: 6 })
      .map((list) =>
        list.flatMap(({ job, start, lasts, inputs, outputs, ends }, i) => [
          runEvent({ run: `r${String(i)}`, job, type: 'START', time: at(start), inputs }),
          runEvent({ run: `r${String(i)}`, job, type: ends, time: at(start + lasts), outputs }),
        ]),
      );
    await fc.assert(
      fc.asyncProperty(
        runs.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        async ([all, batches]) => {
          expect(await lineageOf(batches)).toEqual(await lineageOf([all]));
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
