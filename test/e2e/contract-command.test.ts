/** `pedigree contract` as a process: files on this side, a real server on the other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { jsonDigestOf, parseContractYaml } from '../../src/sdk/index.js';
import { artifact, edge, id } from '../support/declarations.js';
import { AT, GOOD, LOANS } from '../support/loan-contract.js';
import { pedigree, type Ran } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);
const CONTRACT = path('loans.odcs.yaml');
const FRESH = ['--at', new Date(AT).toISOString()];
const ONE = id('Dataset', 'loans');
const TWO = 'dataset:test/loans@2';

let server: TestServer;

beforeAll(async () => {
  const columns = Object.keys(GOOD[0] ?? {});
  const csv = (rows: readonly object[]): string =>
    [columns.join(','), ...rows.map((row) => Object.values(row).join(','))].join('\r\n');
  const bad = [...GOOD.slice(0, 2), { ...GOOD[2], ratio: 3.5, self: 'maybe' }];
  writeFileSync(CONTRACT, LOANS);
  writeFileSync(path('good.csv'), csv(GOOD));
  writeFileSync(path('bad.csv'), csv(bad));
  writeFileSync(path('good.ndjson'), GOOD.map((row) => JSON.stringify(row)).join('\n'));
  writeFileSync(path('torn.ndjson'), '{"id":1}\n{"id":');
  writeFileSync(path('none.yaml'), 'kind: Pod');
  server = await TestServer.start();
  const schema = [{ name: 'ratio', type: 'double' }];
  await server.declareAll([
    artifact('Dataset', 'loans', [], { fields: { schema } }),
    { ...artifact('Dataset', 'loans', [], { fields: { schema: [] } }), id: TWO },
    artifact('Model', 'credit', [edge('TRAINED_ON', ONE)]),
  ]);
}, 60_000);

afterAll(() => server.stop());

const run = (...args: readonly string[]): Promise<Ran> => pedigree(server, ['contract', ...args]);

test.each([['good.csv'], ['good.ndjson']])('check: %s keeps the contract', async (file) => {
  expect(await run('check', CONTRACT, path(file), ...FRESH)).toEqual({
    code: 0,
    stdout: 'kept: loans 1.2.0, 0 of 3 rows\n',
    stderr:
      'not checked: branch: the option format\nnot checked: no orphans (sql)\nnot checked: service level: retention\n',
  });
});

test('check: a broken contract is told by rule and row, declared where it is asked for, and ends with 1', async () => {
  const ran = await run('check', CONTRACT, path('bad.csv'), ...FRESH, '--about', ONE, '--before', 'scoring');
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(/^BROKEN: loans 1\.2\.0, 3 of 24 rules, 1 of 3 rows\n/);
  expect(ran.stdout).toMatch(/^ratio +at most 3 +BROKEN +1 +3$/m);
  expect(ran.stdout).toMatch(/^self +one of \["yes","no"\] +BROKEN +1 +3$/m);
  expect(ran.stderr).toMatch(/^declared: attestation:test\/contract-check@[0-9a-f]{32}$/m);
  const { attestations } = await server.ask(
    'query ($of: ID!) { attestations(of: $of, findingsOnly: true) { items { fields } } }',
    { of: ONE },
  );
  expect(attestations.items).toMatchObject([
    {
      fields: {
        ...{ passed: false, rowsChecked: 3, rowsFailed: 1, extra: { before: 'SCORING' } },
        contractDigest: jsonDigestOf(parseContractYaml(LOANS)),
      },
    },
  ]);
});

test('declare, twice, is one declaration; show gives it back', async () => {
  const first = await run('declare', CONTRACT, '--for', ONE);
  expect(first).toEqual({ code: 0, stdout: 'attestation:test/contract-loans@1.2.0\n', stderr: '' });
  expect(await run('declare', CONTRACT, '--for', ONE)).toEqual(first);
  const shown = await run('show', TWO);
  expect([shown.code, parseContractYaml(shown.stdout)]).toEqual([0, parseContractYaml(LOANS)]);
  writeFileSync(path('changed.yaml'), LOANS.replace('status: active', 'status: draft'));
  const changed = await run('declare', path('changed.yaml'), '--for', ONE);
  expect([changed.code, changed.stdout]).toEqual([1, '']);
  expect(changed.stderr).toMatch(/IMMUTABLE_CONFLICT/);
});

test('diff says whom a change breaks, and refuses it in a pipeline', async () => {
  const ran = await run('diff', ONE, TWO, '--fail-on', 'breaking>0');
  expect(ran.code).toBe(3);
  expect(ran.stdout).toMatch(/^1 changes, 1 of them breaking, 1 consumers and 1 models affected\n/);
  expect(ran.stdout).toMatch(/^consumer +model:test\/credit@1 +TRAINED_ON, columns not said/m);
  const { code, stdout } = await run('diff', TWO, ONE, '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { breaking: 0, changes: [{ kind: 'ADDED' }], consumers: [] },
  ]);
});

test.each<[string, readonly string[], number, RegExp]>([
  [
    'a contract that is not there',
    ['check', path('no.yaml'), path('good.csv')],
    2,
    /must be a file that can be read/,
  ],
  [
    'a contract that is none',
    ['check', path('none.yaml'), path('good.csv')],
    2,
    /must have "kind" DataContract/,
  ],
  ['rows that are not there', ['check', CONTRACT, path('no.csv')], 2, /no\.csv cannot be read: ENOENT/],
  ['rows that are torn', ['check', CONTRACT, path('torn.ndjson')], 2, /torn\.ndjson cannot be read/],
  [
    'a time that is none',
    ['check', CONTRACT, path('good.csv'), '--at', 'noon'],
    2,
    /--at must be an ISO 8601 time/,
  ],
  [
    'a table that is not there',
    ['check', CONTRACT, path('good.csv'), '--table', 'x'],
    2,
    /one of loans, but got: "x"/,
  ],
  ['a contract for nothing', ['declare', CONTRACT], 2, /--for/],
  ['a contract of nobody', ['show', 'dataset:test/other@1'], 1, /no such contract was declared.*NOT_FOUND/],
  ['a data set that is not there', ['diff', ONE, 'dataset:test/loans@9'], 1, /NOT_FOUND/],
  ['a model', ['diff', ONE, id('Model', 'credit')], 2, /URN_KIND_MISMATCH/],
])('bad input: %s', async (_, args, code, said) => {
  const ran = await run(...args);
  expect([ran.code, ran.stdout]).toEqual([code, '']);
  expect(ran.stderr).toMatch(said);
});
