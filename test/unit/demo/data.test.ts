import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const read = (name: string): string => readFileSync(`demo/data/${name}.csv`, 'utf8');

test('the published file is here as it was published', () => {
  expect(sha256(read('boston-hmda'))).toBe(
    '8cea35def75b658a54e045234f6aaed40d7ce29f636d4ab6d7ae8a266f7e3572',
  );
});

test('the deliveries hold unaltered lines of it, chosen as their README says', () => {
  const [header = '', ...lines] = read('boston-hmda').trimEnd().split('\n');
  const keyOf = (line: string): number => Number(line.split(',')[0]?.replaceAll('"', ''));
  const order = (line: string): string => sha256(`mortgage-delivery-1:${keyOf(line)}`);
  const drawn = lines
    .filter((line) => keyOf(line) !== 2381)
    .map((line) => ({ line, order: order(line) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ line }) => line);
  for (const [i, branch] of ['north', 'south', 'west'].entries()) {
    const part = drawn.slice(300 * i, 300 * (i + 1)).sort((a, b) => keyOf(a) - keyOf(b));
    expect(read(`delivery-${branch}`)).toBe(`${[header, ...part].join('\n')}\n`);
  }
});
