/** Every command that asks, as a process against a real server: by exit code and output, with good and with bad input. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';

import { declareLending, HOSTILE, pedigree, type Ran } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const LOAN = 'prediction:lending/loan@1';
const PART = 'dataset:lending/part-b@1';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await declareLending(server);
}, 60_000);

afterAll(() => server.stop());

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return pedigree(server, args, env);
}

/** The access log, newest first, once every read has ended: an outcome follows its answer, which has come here already. */
async function endedReads(): Promise<readonly { readonly state: string }[]> {
  for (let tries = 0; tries < 500; tries++) {
    const { accessLog } = await server.ask(
      '{ accessLog { items { by operation artifacts state } } }',
      {},
      'auditor',
    );
    const items = accessLog.items as readonly { readonly state: string }[];
    if (items.every(({ state }) => state !== 'OPEN')) return items;
  }
  throw new Error('a read stayed open although its answer has come');
}

describe('what is asked is answered', () => {
  test.each<[string, readonly string[], RegExp, RegExp]>([
    ['search', ['search', 'cred'], /^id +kind +match.*\nmodel:lending\/credit@1 +Model +NAME/, /^$/],
    ['search with nothing to find', ['search', 'nowhere', 'at', 'all'], /^$/, /nothing was found/],
    ['search in pages', ['search', '--limit', '1', 'part'], /part-[abc]/, /^1 hits shown: --limit/],
    ['lineage', ['lineage', LOAN], /^prediction:lending\/loan@1\n[├└]─ [^]*\d+ artifacts \(/, /^$/],
    ['lineage, cut', ['lineage', LOAN, '--limit', '2'], /loan/, /^2 of \d+ artifacts shown/],
    [
      'lineage downstream',
      ['lineage', PART, '--down'],
      /credit@1[^]*8 artifacts [^]*2 decisions depend/,
      /^$/,
    ],
    [
      'lineage of one kind',
      ['lineage', LOAN, '--kind', 'Model'],
      /model:lending\/credit@1\n1 artifacts/,
      /^$/,
    ],
    ['impact', ['impact', PART], /decisions.*1 models, 1 deployments are affected/, /^$/],
    ['impact with decisions', ['impact', PART, '--decisions'], /prediction:lending\/loan@1/, /^$/],
    ['paths', ['paths', LOAN, PART], /^\d+ edges: prediction:lending\/loan@1\n {2}─ MADE_BY → model/, /^$/],
    ['no path', ['paths', PART, LOAN], /^$/, /there is no way/],
    [
      'diff',
      ['diff', 'dataset:lending/joined@1', 'dataset:lending/clean@1'],
      /^kind +onlyA[^]*onlyA +dataset/,
      /^$/,
    ],
    [
      'root-cause',
      ['root-cause', '--suspects', LOAN, '--controls', 'prediction:lending/other@1'],
      /^rank +id +suspects/,
      /artifacts tested/,
    ],
    [
      'trace',
      ['trace', LOAN],
      /^prediction:lending\/loan@1: [^]*├─ model model:lending\/credit@1[^]*(complete|missing)/,
      /^$/,
    ],
    ['export', ['export', LOAN], /^\{"record":"begin"[^]*"record":"end","nodes":\d+/, /^$/],
    ['evidence', ['evidence', LOAN], /"format"|\{/, /^$/],
    ['doctor', ['doctor'], /node +ok[^]*server +ok[^]*log +ok/, /^$/],
  ])('%s', async (_, args, stdout, stderr) => {
    const ran = await run(args);
    expect(ran).toEqual({
      code: 0,
      stdout: expect.stringMatching(stdout),
      stderr: expect.stringMatching(stderr),
    });
  });

  test('trace shows personal values only where it is told to, and the read is recorded', async () => {
    const without = await run(['trace', LOAN, '--json']);
    expect(JSON.parse(without.stdout).features[0].value).toBeUndefined();
    const personal = await run(['trace', LOAN, '--personal', '--jsonl']);
    const records = personal.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    expect(records.find(({ record }) => record === 'feature').value).toBeDefined();
    const [newest] = await endedReads();
    expect(newest).toMatchObject({
      by: 'trace',
      operation: 'Trace',
      artifacts: expect.arrayContaining([LOAN]),
    });
  });
});

/** The commands with all output forms, and one good question each. */
const FORMS: readonly (readonly [string, readonly string[]])[] = [
  ['search', ['search', 'part']],
  ['lineage', ['lineage', LOAN, '--limit', 'all']],
  ['impact', ['impact', PART, '--decisions']],
  ['paths', ['paths', LOAN, PART]],
  ['diff', ['diff', 'dataset:lending/joined@1', 'dataset:lending/clean@1']],
  ['root-cause', ['root-cause', '--suspects', LOAN, '--controls', 'prediction:lending/other@1']],
  ['trace', ['trace', LOAN]],
];

describe.each(FORMS)('%s for programs', (_, args) => {
  test('--json, --jsonl and --csv say the same', async () => {
    const [json, jsonl, csv] = await Promise.all([
      run([...args, '--json']),
      run([...args, '--jsonl']),
      run([...args, '--csv']),
    ]);
    expect([json.code, jsonl.code, csv.code]).toEqual([0, 0, 0]);
    expect(JSON.parse(json.stdout)).not.toEqual([]);
    const records = jsonl.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const rows = parseCsv<Record<string, string>>(csv.stdout, { columns: true });
    expect(rows).toHaveLength(records.length);
    const text = (value: unknown): string =>
      value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    for (const [i, row] of rows.entries()) {
      for (const [column, cell] of Object.entries(row)) expect(cell).toBe(text(records[i]![column]));
    }
    expect(csv.stdout).toMatch(/\r\n$/);
  });

  test('refuses two forms at once, an unknown option, a threshold without sense', async () => {
    for (const [more, said] of [
      [['--json', '--csv'], /cannot be used with/],
      [['--no-such'], /unknown option '--no-such'/],
      [['--fail-on', 'nonsense'], /--fail-on must be a figure.*where the figures are \w+.*BAD_INPUT/],
      [['--fail-on', 'dogs>0'], /--fail-on must be a figure/],
    ] as const) {
      const ran = await run([...args, ...more]);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toMatch(said);
    }
  });

  test('says by its exit code that it is not allowed, or that nobody answers', async () => {
    const bad = await run(args, { PEDIGREE_TOKEN: 'x.y.z' });
    expect([bad.code, bad.stdout]).toEqual([4, '']);
    expect(bad.stderr).toMatch(/UNAUTHENTICATED/);
    const nobody = await run([...args, '--url', 'http://127.0.0.1:9', '--token', 'x']);
    expect([nobody.code, nobody.stdout]).toEqual([5, '']);
    expect(nobody.stderr).toMatch(/SERVER_UNREACHABLE/);
  });
});

describe('bad input', () => {
  test.each<[string, readonly string[], number, RegExp]>([
    ['no command', [], 2, /Usage: pedigree/],
    ['an unknown command', ['guess'], 2, /unknown command 'guess'/],
    ['no artifact', ['lineage'], 2, /missing required argument 'id'/],
    ['an id that is none', ['lineage', 'nonsense'], 2, /BAD_URN/],
    ['an artifact that is not there', ['lineage', 'model:lending/none@1'], 1, /NOT_FOUND/],
    [
      'a depth of nothing',
      ['lineage', LOAN, '--depth', '0'],
      2,
      /--depth must be a whole number above 0, but got: "0"/,
    ],
    ['an unknown kind', ['lineage', LOAN, '--kind', 'Cat'], 2, /Allowed choices are Dataset/],
    [
      'a limit of nothing',
      ['lineage', LOAN, '--limit', '0'],
      2,
      /--limit must be a number above 0, or "all"/,
    ],
    [
      'a point that is none',
      ['lineage', LOAN, '--as-of', 'yesterday'],
      2,
      /--as-of must be a tree size.*"yesterday"/,
    ],
    ['a point in the future', ['lineage', LOAN, '--as-of', '99999'], 2, /AS_OF_IN_FUTURE/],
    ['a time that is none', ['impact', PART, '--from', 'noon'], 2, /noon/],
    ['impact of nothing', ['impact', 'dataset:lending/none@1'], 1, /NOT_FOUND/],
    ['impact in an unknown mode', ['impact', PART, '--mode', 'HOLIDAY'], 2, /Allowed choices are LIVE/],
    ['a short text', ['search', 'x'], 2, /text must have 2 to 200 characters/],
    ['trace of a model', ['trace', 'model:lending/credit@1'], 2, /takes the id of a prediction/],
    ['trace of nothing', ['trace', 'prediction:lending/none@1'], 1, /NOT_FOUND/],
    ['one end of a path', ['paths', LOAN], 2, /missing required argument 'cause'/],
    ['too many ways', ['paths', LOAN, PART, '--first', '5000'], 2, /1 to 1000/],
    ['diff of two kinds', ['diff', LOAN, PART], 2, /kind/],
    ['suspects alone', ['root-cause', '--suspects', LOAN], 2, /--controls/],
    [
      'a file of suspects that is not there',
      ['root-cause', '--suspects', '@/none', '--controls', LOAN],
      2,
      /@FILE/,
    ],
    ['export in an unknown format', ['export', LOAN, '--format', 'xml'], 2, /Allowed choices are ndjson/],
    ['export of nothing', ['export', 'model:lending/none@1'], 1, /NOT_FOUND/],
    ['evidence of nothing', ['evidence', 'model:lending/none@1'], 1, /NOT_FOUND/],
    [
      'a server named without a token',
      ['search', 'part', '--url', 'http://localhost:9'],
      4,
      /a token is required/,
    ],
    ['an address that is none', ['search', 'part', '--url', 'x', '--token', 'y'], 2, /--url must be/],
    ['completion of an unknown shell', ['completion', 'dos'], 2, /Allowed choices are bash, zsh, fish/],
    ['a role that is none', ['token', '--role', 'king'], 2, /--role must be one of/],
  ])('%s', async (_, args, code, said) => {
    const ran = await run(args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(said);
  });

  test('a server that does not answer is a failed check of the doctor', async () => {
    const ran = await run(['doctor', '--json', '--url', 'http://127.0.0.1:9', '--token', 'x']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toContainEqual(
      expect.objectContaining({
        check: 'server',
        state: 'failed',
        detail: expect.stringMatching(/SERVER_UNREACHABLE/),
      }),
    );
  });
});

test('--fail-on: the answer is printed, and the exit code is 3 if one comparison holds', async () => {
  const met = await run(['impact', PART, '--fail-on', 'models>0', 'decisions>1000']);
  expect(met.code).toBe(3);
  expect(met.stdout).toMatch(/1 models/);
  expect(met.stderr).toBe('threshold met: models>0 (models is 1)\n');
  expect((await run(['impact', PART, '--fail-on', 'models>1', '--fail-on', 'decisions>1000'])).code).toBe(0);
});

test('what a producer wrote cannot command the terminal, and leaves a program as it is', async () => {
  const { stdout } = await run(['impact', PART]);
  expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(stdout).toMatch(/·evil"·,=1\+1/);
  const rows = parseCsv<{ id: string }>((await run(['impact', PART, '--csv'])).stdout, { columns: true });
  expect(rows.map((row) => row.id)).toContain(HOSTILE);
});

test('a file of ids is read for root-cause', async () => {
  const path = join(folder, 'suspects.txt');
  writeFileSync(path, `${LOAN}\r\n\n`);
  const ran = await run([
    'root-cause',
    '--suspects',
    `@${path}`,
    '--controls',
    'prediction:lending/other@1',
    '--json',
  ]);
  expect([ran.code, JSON.parse(ran.stdout).suspects]).toEqual([0, 1]);
});

test('evidence and export write files', async () => {
  const path = join(folder, 'closure.ndjson');
  expect(await run(['export', LOAN, '--output', path])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(path, 'utf8').split('\n').at(-2)).toContain('"record":"end"');
});
