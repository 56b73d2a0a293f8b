import { describe, expect, test } from '@jest/globals';

import { CHUNK_LINES, ChunkedLines } from '../../../src/http/chunked-lines.js';

/** Chunks that end when the test says so, and what was answered. */
function setUp() {
  const begun: { first: number; lines: number; end: (error?: Error) => void }[] = [];
  const answered: number[] = [];
  const stream = new ChunkedLines<number>(
    (lines, first) =>
      new Promise((resolve, reject) => {
        begun.push({
          first,
          lines: lines.length,
          end: (error) => {
            if (error) reject(error);
            else resolve(first);
          },
        });
      }),
    (first) => {
      answered.push(first);
      return Promise.resolve();
    },
  );
  return { begun, answered, stream };
}

const turn = (): Promise<void> => new Promise(setImmediate);
const lines = (count: number): string[] => Array.from({ length: count }, () => '{}');

describe('lines of a stream', () => {
  test('go at once if nothing is under way; later ones wait for each other', async () => {
    const { begun, answered, stream } = setUp();
    await stream.add(lines(1));
    await stream.add(lines(2));
    await stream.add(lines(3));
    expect(begun).toMatchObject([{ first: 0, lines: 1 }]);
    begun[0]!.end();
    await turn();
    expect(begun).toMatchObject([{}, { first: 1, lines: 5 }]);
    begun[1]!.end();
    expect(await stream.end()).toBe(6);
    expect(answered).toEqual([0, 1]);
  });

  test('a full chunk is prepared while another commits, and the answers keep their order', async () => {
    const { begun, answered, stream } = setUp();
    await stream.add(lines(1));
    await stream.add(lines(CHUNK_LINES));
    expect(begun.map(({ first }) => first)).toEqual([0, 1]);
    begun[1]!.end();
    await turn();
    expect(answered).toEqual([]);
    begun[0]!.end();
    await stream.end();
    expect(answered).toEqual([0, 1]);
  });

  test('that are long fill a chunk with few of them', async () => {
    const { begun, stream } = setUp();
    const long = 'x'.repeat(1_500_000);
    await stream.add(['{}']);
    await stream.add([long, long]);
    expect(begun).toHaveLength(1);
    let taken = false;
    const third = stream.add([long]).then(() => (taken = true));
    await turn();
    expect(begun).toMatchObject([{}, { first: 1, lines: 2 }]);
    expect(taken).toBe(true);
    const fourth = stream.add([long, long]);
    begun[0]!.end();
    await turn();
    expect(begun).toMatchObject([{}, {}, { first: 3, lines: 2 }]);
    begun.slice(1).forEach(({ end }) => end());
    await Promise.all([third, fourth]);
    const ended = stream.end();
    await turn();
    expect(begun.at(-1)).toMatchObject({ first: 5, lines: 1 });
    begun.at(-1)!.end();
    expect(await ended).toBe(6);
  });

  test('no more than two chunks are under way and one fills, whatever comes', async () => {
    const { begun, stream } = setUp();
    await stream.add(lines(1));
    await stream.add(lines(CHUNK_LINES));
    let taken = false;
    const third = stream.add(lines(CHUNK_LINES)).then(() => (taken = true));
    await turn();
    expect({ begun: begun.length, taken }).toEqual({ begun: 2, taken: false });
    begun[0]!.end();
    await third;
    expect(begun).toHaveLength(3);
  });

  test('the failure of a chunk ends the stream', async () => {
    const { begun, answered, stream } = setUp();
    await stream.add(lines(1));
    begun[0]!.end(new Error('gone'));
    await turn();
    await expect(stream.add(lines(1))).rejects.toThrow('gone');
    await expect(stream.end()).rejects.toThrow('gone');
    expect(begun).toHaveLength(1);
    expect(answered).toEqual([]);
  });
});
