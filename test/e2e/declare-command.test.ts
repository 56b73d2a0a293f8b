/** `pedigree declare` as a process: loads from files and pipes, receipts, exit codes, and a load that is interrupted. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { AcceptedReceipt, Declaration, Receipt } from '../../src/domain/declaration.js';
import { artifact } from '../support/declarations.js';
import { TestServer } from '../support/server.js';
import { SpawnedCommand, type SpawnOptions } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.stop());

/** Finds the server and its keys as a user of this machine does: in the data folder. */
function declare(args: readonly string[], options: Partial<SpawnOptions> = {}): SpawnedCommand {
  return new SpawnedCommand(['declare', ...args], {
    dataDir: server.dataDir,
    ...options,
    env: { ...options.env },
  });
}

function items(name: string, count: number): Declaration[] {
  return Array.from({ length: count }, (_, i) => artifact('Dataset', `${name}${String(i)}`));
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const ndjson = (list: readonly Declaration[]): string => list.map((item) => JSON.stringify(item)).join('\n');

const receiptsOf = ({ stdout }: SpawnedCommand): Receipt[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Receipt);

describe('a load', () => {
  test.each([
    ['NDJSON', (list: Declaration[]) => ndjson(list)],
    [
      'NDJSON with blank lines and ends of Windows',
      (list: Declaration[]) => `\r\n${ndjson(list).replaceAll('\n', '\r\n\r\n')}\r\n`,
    ],
    ['a JSON array', (list: Declaration[]) => JSON.stringify(list, null, 2)],
  ])('from a file: %s', async (name, textOf) => {
    const list = items(name.replaceAll(' ', ''), 700);
    const command = declare(['--jsonl', file(`${name}.json`, textOf(list))]);
    expect([await command.ended, command.stderr]).toEqual([
      0,
      '700 accepted (0 of them were there before), 0 refused\n',
    ]);
    const receipts = receiptsOf(command);
    expect(receipts.map(({ index, id }) => [index, id])).toEqual(list.map(({ id }, i) => [i, id]));
  });

  test('from a pipe; what is refused is told, and its exit code says so', async () => {
    const lines = [
      JSON.stringify(artifact('Dataset', 'good')),
      '{"id":1,"id":2}',
      '{"id":"dataset:test/x@1","n":9007199254740993}',
    ];
    const command = declare([], { input: lines.join('\n') });
    expect([await command.ended, command.stdout]).toEqual([1, '']);
    expect(command.stderr).toMatch(
      /^item 1: .*DUPLICATE_KEY\)\nitem 2: .*UNSAFE_NUMBER\)\n1 accepted .* 2 refused\n$/,
    );
  });
});

test('an interrupted load says so; run again, it gets the same receipts and declares the rest', async () => {
  const list = items('interrupted', 6_000);
  const path = file('interrupted.ndjson', ndjson(list));
  const first = declare(['--jsonl', path]);
  await new Promise((resolve) => first.child.stdout!.once('data', resolve));
  expect(await first.end('SIGINT')).toBe(130);
  expect(first.stderr).toMatch(/(^|\n)\d+ accepted .*; interrupted: run it again to declare the rest\n$/);
  const before = receiptsOf(first) as AcceptedReceipt[];
  expect(before.length).toBeLessThan(list.length);

  const killed = declare(['--jsonl', path]);
  await new Promise((resolve) => killed.child.stdout!.once('data', resolve));
  await killed.end('SIGKILL');

  const again = declare(['--jsonl', path]);
  expect(await again.ended).toBe(0);
  const after = receiptsOf(again) as AcceptedReceipt[];
  expect(after.slice(0, before.length)).toEqual(before.map((receipt) => ({ ...receipt, repeated: true })));
  expect(new Set(after.map(({ leafIndex }) => leafIndex)).size).toBe(list.length);
}, 120_000);

describe('what cannot be done has an exit code', () => {
  test.each([
    [
      '2 for a file that is not there',
      2,
      ['nowhere.ndjson'],
      {},
      /FILE must be a file that can be read.*BAD_INPUT/,
    ],
    ['2 for an array that is none', 2, [file('half.json', '[{"id":')], {}, /BAD_JSON/],
    [
      '2 for bytes that are no UTF-8',
      2,
      [file('latin.json', Buffer.from([0x22, 0xe4, 0x22]))],
      {},
      /UTF-8.*BAD_JSON/,
    ],
    [
      '4 for a bad token',
      4,
      [file('one.json', ndjson(items('one', 1)))],
      { PEDIGREE_TOKEN: 'x.y.z' },
      /UNAUTHENTICATED/,
    ],
    [
      '5 without a server',
      5,
      [file('two.json', '{}')],
      { PEDIGREE_DATA_DIR: folder, PEDIGREE_TOKEN: 'x' },
      /server\.json.*CONFIGURATION/,
    ],
  ])('%s', async (_, code, args, env, said) => {
    const command = declare(args, { env });
    expect([await command.ended, command.stdout]).toEqual([code, '']);
    expect(command.stderr).toMatch(said);
  });
});
