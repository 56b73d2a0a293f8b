/** `custody`, `approvals` and `retire`, as processes against a real server: every output form, with good and with bad input. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';

import { declareLending, pedigree } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';

const MODEL = 'model:lending/credit@1';
const LOAN = 'prediction:lending/loan@1';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await declareLending(server);
}, 60_000);

afterAll(() => server.stop());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  pedigree(server, args, env);

test.each<[string, readonly string[], RegExp, RegExp]>([
  [
    'custody',
    ['custody', LOAN],
    /^occurredAt +what +artifact[^]*DECLARED[^]*\n\d+ breaks, \d+ links without a digest\n/,
    /^$/,
  ],
  [
    'approvals of a model',
    ['approvals', MODEL],
    /^0 of 2 live decisions were taken without an approval\n[^]*true +2/,
    /^$/,
  ],
  ['approvals of everything', ['approvals'], /^0 of 2 live decisions/, /^$/],
  ['approvals of nothing', ['approvals', '--namespace', 'nobody'], /^0 of 0/, /^there is no model\n$/],
  [
    'who depends on a model',
    ['retire', MODEL],
    /^1 dependents, 1 in use\n[^]*SERVES/,
    /^nothing was changed: --reason/,
  ],
])('%s', async (_, args, stdout, stderr) => {
  expect(await run(args)).toEqual({
    code: 0,
    stdout: expect.stringMatching(stdout),
    stderr: expect.stringMatching(stderr),
  });
});

test.each<[string, readonly string[]]>([
  ['custody', ['custody', LOAN]],
  ['approvals', ['approvals', MODEL]],
  ['retire', ['retire', MODEL]],
])('%s says the same as --json, --jsonl and --csv', async (_, args) => {
  const [json, jsonl, csv] = await Promise.all(
    ['--json', '--jsonl', '--csv'].map((form) => run([...args, form])),
  );
  expect([json!.code, jsonl!.code, csv!.code]).toEqual([0, 0, 0]);
  expect(Object.keys(JSON.parse(json!.stdout) as object)).toContain('asOf');
  const records = jsonl!.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const rows = parseCsv<Record<string, string>>(csv!.stdout, { columns: true });
  expect(rows).toHaveLength(records.length);
  const text = (value: unknown): string =>
    value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  for (const [i, row] of rows.entries()) {
    for (const [column, cell] of Object.entries(row)) expect(cell).toBe(text(records[i]![column]));
    for (const column of Object.keys(records[i]!)) expect(Object.keys(row)).toContain(column);
  }
});

test.each<[string, readonly string[], number, RegExp]>([
  ['custody of nothing', ['custody', 'model:lending/none@1'], 1, /NOT_FOUND/],
  ['custody of no id', ['custody', 'nonsense'], 2, /BAD_URN/],
  ['approvals of a data set', ['approvals', 'dataset:lending/part-a@1'], 2, /must be ids of models/],
  ['approvals of nothing', ['approvals', 'model:lending/none@1'], 1, /NOT_FOUND/],
  [
    'approvals of models and a namespace',
    ['approvals', MODEL, '--namespace', 'x'],
    2,
    /cannot be given both/,
  ],
  ['an unknown figure', ['approvals', '--fail-on', 'dogs>0'], 2, /unapprovedDeployments/],
  [
    'retiring what is in use',
    ['retire', MODEL, '--reason', 'old'],
    1,
    /was not retired, because it is in use: SERVES/,
  ],
  ['retiring nothing', ['retire', 'model:lending/none@1', '--reason', 'old'], 1, /NOT_FOUND/],
  ['force without a reason', ['retire', MODEL, '--force'], 2, /--force is for retiring/],
])('refuses %s', async (_, args, code, said) => {
  const ran = await run(args);
  expect([ran.code, ran.stdout]).toEqual([code, '']);
  expect(ran.stderr).toMatch(said);
});

test('retiring needs a token that may write', async () => {
  const env = { PEDIGREE_URL: server.url, PEDIGREE_TOKEN: await server.token('reader') };
  const ran = await run(['retire', MODEL, '--reason', 'old'], env);
  expect([ran.code, ran.stdout]).toEqual([4, '']);
});

test('a model that is retired by force takes no more approved decisions, and a threshold says so', async () => {
  const retired = await run(['retire', MODEL, '--reason', 'replaced by the next one', '--force', '--json']);
  expect([retired.code, JSON.parse(retired.stdout).id]).toEqual([
    0,
    expect.stringMatching(/^attestation:lending\/retirement-of-credit@1-/),
  ]);
  expect(retired.stderr).toMatch(/^retired: attestation:/);
  const { items } = JSON.parse((await run(['approvals', MODEL, '--json'])).stdout) as {
    items: { periods: { approved: boolean }[] }[];
  };
  expect(items[0]!.periods.map(({ approved }) => approved)).toEqual([false, true, false]);
  const met = await run(['approvals', MODEL, '--fail-on', 'decisions>=2']);
  expect([met.code, met.stderr]).toEqual([3, 'threshold met: decisions>=2 (decisions is 2)\n']);
});
