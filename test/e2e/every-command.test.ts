/**
 * Every command once well and once badly, as a process against a real server: by exit code and output. The files beside this one
 * go deeper into most of them; this table is what no command can be added without.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { buildProgram } from '../../src/cli/program.js';
import { testDatabase } from '../support/database.js';
import { artifact } from '../support/declarations.js';
import { personalDecision } from '../support/erasable.js';
import { AT, GOOD, LOANS } from '../support/loan-contract.js';
import { declareLending, pedigree, type Ran } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const LOAN = 'prediction:lending/loan@1';
const MODEL = 'model:lending/credit@1';
const PART = 'dataset:lending/part-b@1';
const folder = temporaryFolder();
const evidence = join(folder, 'evidence.json');
const lines = join(folder, 'lines.ndjson');
const contract = join(folder, 'loans.odcs.yaml');
const rows = join(folder, 'loans.ndjson');

let server: TestServer;
let database: Record<string, string>;
let key: string;

beforeAll(async () => {
  server = await TestServer.start();
  await declareLending(server);
  await server.declareAll([personalDecision('for-eve', ['eve'])]);
  const { uri, user, password } = testDatabase();
  database = { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password };
  key = (await server.ask('{ checkpoint { verifierKey } }')).checkpoint.verifierKey;
  writeFileSync(lines, `${JSON.stringify(artifact('Dataset', 'from-a-file'))}\n`);
  writeFileSync(contract, LOANS);
  writeFileSync(rows, GOOD.map((row) => JSON.stringify(row)).join('\n'));
  expect((await pedigree(server, ['evidence', LOAN, '--output', evidence])).code).toBe(0);
}, 60_000);

afterAll(() => server.stop());

/** What a good and a bad command line print; each is [arguments, exit code, standard output, standard error]. */
type Case = readonly [args: readonly string[], code: number, stdout: RegExp, stderr: RegExp];

const NOTHING = /^$/;
/** Stands for the verifier key of the server's log. */
const KEY = '{key}';
/** Stands for the address of the server's log. */
const LOG = '{log}';
/** Run until they are stopped, so their good cases are in files of their own. */
const GOOD_ELSEWHERE: Readonly<Record<string, string>> = { serve: 'serve.test.ts', demo: 'demo.test.ts' };
const CASES: Readonly<Record<string, readonly Case[]>> = {
  serve: [[['serve', '--no-such'], 2, NOTHING, /unknown option '--no-such'/]],
  demo: [[['demo', 'more'], 2, NOTHING, /too many arguments/]],
  migrate: [
    [['migrate', '--json'], 0, /^\{"ran":\[\]\}\n$/, /the database was up to date/],
    [['migrate', '--jsonl'], 2, NOTHING, /unknown option/],
  ],
  doctor: [
    [['doctor'], 0, /server +ok/, NOTHING],
    [['doctor', '--url', 'http://127.0.0.1:9', '--token', 'x'], 1, /SERVER_UNREACHABLE/, NOTHING],
  ],
  token: [
    [['token', '--role', 'reader'], 0, /^\S+\.\S+\.\S+\n$/, NOTHING],
    [['token', '--role', 'reader', '--hours', '0'], 2, NOTHING, /a number above 0 is required/],
  ],
  declare: [
    [['declare', '--jsonl', lines], 0, /"id":"dataset:test\/from-a-file@1"/, /./],
    [['declare', join(folder, 'none')], 2, NOTHING, /none/],
  ],
  retire: [
    [['retire', MODEL], 0, /SERVES/, /nothing was changed/],
    [['retire', PART], 2, NOTHING, /only a model can be retired/],
  ],
  erase: [
    [
      ['erase', '--basis', 'a request', '--subject', 'eve'],
      0,
      /"state": ?"ERASED"[^]*"artifacts": ?1/,
      NOTHING,
    ],
    [['erase', '--basis', 'a request', '--subject', 'nobody'], 1, NOTHING, /NOT_FOUND/],
  ],
  retention: [
    [['retention', 'preview'], 0, /KEEP +NO_DEADLINE/, /has no retention rules: PEDIGREE_RETENTION/],
    [['retention', 'preview', '--fail-on', 'keep>0', '--json'], 3, /"action": ?"KEEP"/, /threshold met/],
    [['retention', 'run'], 2, NOTHING, /--rules/],
    [['retention', 'run', '--rules', '00'], 2, NOTHING, /a run needs retention rules/],
  ],
  grant: [
    [['grant', 'list'], 0, NOTHING, NOTHING],
    [['grant', 'revoke', 'none', '--reason', 'x'], 1, NOTHING, /NOT_FOUND/],
  ],
  search: [
    [['search', 'credit'], 0, /model:lending\/credit@1/, NOTHING],
    [['search'], 2, NOTHING, /missing required argument/],
  ],
  trace: [
    [['trace', LOAN], 0, /model:lending\/credit@1/, NOTHING],
    [['trace', MODEL], 2, NOTHING, /takes the id of a prediction/],
  ],
  lineage: [
    [['lineage', LOAN], 0, /part-b/, NOTHING],
    [['lineage', 'model:lending/none@1'], 1, NOTHING, /NOT_FOUND/],
  ],
  impact: [
    [['impact', PART], 0, /2 decisions/, NOTHING],
    [['impact', LOAN], 2, NOTHING, /URN_KIND_MISMATCH/],
  ],
  paths: [
    [['paths', LOAN, PART], 0, /MADE_BY/, NOTHING],
    [['paths', LOAN], 2, NOTHING, /missing required argument/],
  ],
  diff: [
    [['diff', 'dataset:lending/joined@1', 'dataset:lending/clean@1'], 0, /onlyA/, NOTHING],
    [['diff', LOAN, PART], 2, NOTHING, /kind/],
  ],
  'root-cause': [
    [
      ['root-cause', '--suspects', LOAN, '--controls', 'prediction:lending/other@1'],
      0,
      /^rank/,
      /artifacts tested/,
    ],
    [['root-cause', '--suspects', LOAN], 2, NOTHING, /--controls/],
  ],
  drift: [
    [['drift', PART, 'dataset:lending/part-a@1'], 0, /measures drifted/, NOTHING],
    [['drift', PART], 2, NOTHING, /missing required argument/],
  ],
  contract: [
    [
      ['contract', 'check', contract, rows, '--at', new Date(AT).toISOString(), '--json'],
      0,
      /"passed"/,
      /not checked/,
    ],
    [['contract', 'show', PART], 1, NOTHING, /NOT_FOUND/],
  ],
  custody: [
    [['custody', MODEL], 0, /DECLARED/, NOTHING],
    [['custody', 'nonsense'], 2, NOTHING, /BAD_URN/],
  ],
  approvals: [
    [['approvals'], 0, /live decisions/, NOTHING],
    [['approvals', PART], 2, NOTHING, /must be ids of models/],
  ],
  report: [
    [['report', 'technical-file', MODEL], 0, /^# Technical file/, NOTHING],
    [['report', 'horoscope', MODEL], 2, NOTHING, /Allowed choices/],
  ],
  export: [
    [['export', LOAN, '--format', 'prov-json'], 0, /"prefix"/, NOTHING],
    [['export', 'model:lending/none@1'], 1, NOTHING, /NOT_FOUND/],
  ],
  evidence: [
    [['evidence', LOAN], 0, /^\{/, NOTHING],
    [['evidence', 'nonsense'], 2, NOTHING, /BAD_URN/],
  ],
  verify: [
    [['verify', evidence, '--key', KEY], 0, /VERIFIED|verified/, NOTHING],
    [['verify', lines, '--key', KEY], 3, /./, NOTHING],
    [['verify', evidence], 2, NOTHING, /required option '--key/],
  ],
  follow: [
    [['follow', LOG, '--key', KEY, '--once', '--state', join(folder, 'seen')], 0, /"size":/, NOTHING],
    [['follow', 'http://127.0.0.1:9', '--key', 'x', '--once'], 2, NOTHING, /./],
  ],
  fsck: [
    [['fsck', '--json'], 0, /./, NOTHING],
    [['fsck', '--no-such'], 2, NOTHING, /unknown option/],
  ],
  log: [
    [['log', 'status'], 0, /"origin"/, NOTHING],
    [['log', 'new-origin', '--lost', 'x'], 2, NOTHING, /--reason/],
  ],
  completion: [
    [['completion', 'bash'], 0, /complete/, NOTHING],
    [['completion', 'dos'], 2, NOTHING, /Allowed choices/],
  ],
};

test('the table has every command, and each with good and with bad input', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(
    buildProgram()
      .commands.map((command) => command.name())
      .toSorted(),
  );
  for (const [name, cases] of Object.entries(CASES)) {
    expect([name, cases.some(([, code]) => code !== 0)]).toEqual([name, true]);
    const file = GOOD_ELSEWHERE[name];
    const good = file
      ? readFileSync(join(import.meta.dirname, file), 'utf8').includes(`['${name}']`)
      : cases.some(([, code]) => code === 0);
    expect([name, good]).toEqual([name, true]);
  }
});

test.each(Object.values(CASES).flatMap((cases) => cases.map((each) => [each[0].join(' '), each] as const)))(
  'pedigree %s',
  async (_, [args, code, stdout, stderr]) => {
    const ran = await pedigree(
      server,
      args.map((arg) => ({ [KEY]: key, [LOG]: `${server.url}/log/lineage` })[arg] ?? arg),
      database,
    );
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringMatching(stderr)]);
    expect(ran.stdout).toMatch(stdout);
  },
);

async function migrate(env: Readonly<Record<string, string>>): Promise<Ran> {
  const command = new SpawnedCommand(['migrate'], { env });
  const code = await command.ended;
  return { code, stdout: command.stdout, stderr: command.stderr };
}

test('migrate without a database that answers is unavailable, and with a wrong password no better', async () => {
  const nobody = await migrate({ ...database, NEO4J_URI: 'bolt://127.0.0.1:9' });
  expect([nobody.code, nobody.stdout]).toEqual([5, '']);
  expect(nobody.stderr).toMatch(/DATABASE_UNAVAILABLE/);
  const wrong = await migrate({ ...database, NEO4J_PASSWORD: 'wrong' });
  expect([wrong.code, wrong.stdout]).toEqual([5, '']);
});

test('the help of every command names its options and exits well', async () => {
  for (const command of buildProgram().commands) {
    const ran = await pedigree(server, [command.name(), '--help']);
    expect([command.name(), ran.code, ran.stderr]).toEqual([command.name(), 0, '']);
    expect(ran.stdout).toContain(`Usage: pedigree ${command.name()}`);
    for (const { long } of command.options) expect(ran.stdout).toContain(long!);
  }
});
