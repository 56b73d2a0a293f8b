/** `pedigree report`, as a process against a real server: every question, with good and with bad input. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { declareLending, pedigree } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';

const LOAN = 'prediction:lending/loan@1';
const PART = 'dataset:lending/part-b@1';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await declareLending(server);
}, 60_000);

afterAll(() => server.stop());

test.each<[string, readonly string[], RegExp, RegExp]>([
  ['report', ['report', 'technical-file', 'model:lending/credit@1'], /^# Technical file[^]*## Proof/, /^$/],
  [
    'report as HTML',
    ['report', 'train-test-overlap', 'model:lending/credit@1', '--format', 'html'],
    /^<!doctype html>[^]*What was it evaluated on\?/,
    /^$/,
  ],
  [
    'report of the events of a window',
    ['report', 'event-log', 'model:lending/credit@1', '--from', '2026-01-01T00:00:00Z'],
    /^# Event log of[^]*outcome DENIED[^]*## Proof/,
    /^$/,
  ],
  [
    'report on stated reasons',
    [
      'report',
      'adverse-action',
      LOAN,
      '--personal',
      '--reason',
      'dir',
      'loan_to_value',
      '--adverse',
      'higher',
    ],
    /number 1 of those that counted[^]*Stated, and did not count against the person[^]*loan/,
    /^$/,
  ],
  [
    'report on all models',
    ['report', 'model-inventory', '--format', 'json'],
    /"kind": "MODEL_INVENTORY"/,
    /^$/,
  ],
  [
    'report on processing',
    ['report', 'processing-register', 'lending'],
    /^# Register of processing of lending/,
    /^$/,
  ],
  [
    'report on a person',
    ['report', 'subject-access', 'applicant-42', '--personal'],
    /^# What is kept about[^]*the debt ratio was/,
    /^$/,
  ],
  [
    'report on a person, without values',
    ['report', 'subject-access', 'applicant-42'],
    /^# What is kept about[^]*withheld/,
    /^$/,
  ],
])('%s', async (_, args, stdout, stderr) => {
  expect(await pedigree(server, args)).toEqual({
    code: 0,
    stdout: expect.stringMatching(stdout),
    stderr: expect.stringMatching(stderr),
  });
});

test.each<[string, readonly string[], number, RegExp]>([
  ['a report about nothing at all', ['report', 'technical-file'], 2, /must be told what it is about/],
  [
    'a point for a report on a person',
    ['report', 'subject-access', 'x', '--as-of', '3'],
    2,
    /--as-of is not for/,
  ],
  ['a report on an erasure that is not there', ['report', 'erasure-certificate', 'x'], 1, /NOT_FOUND/],
  [
    'an unknown direction',
    ['report', 'adverse-action', LOAN, '--adverse', 'sideways'],
    2,
    /choices are higher, lower/,
  ],
  [
    'a window that ends first',
    [
      'report',
      'event-log',
      'model:lending/credit@1',
      '--from',
      '2026-02-01T00:00:00Z',
      '--to',
      '2026-01-01T00:00:00Z',
    ],
    2,
    /must be earlier/,
  ],
  ['an unknown report', ['report', 'horoscope', LOAN], 2, /Allowed choices are technical-file/],
  [
    'a report about another kind',
    ['report', 'technical-file', LOAN],
    2,
    /is about a Model.*URN_KIND_MISMATCH/,
  ],
  ['a report about nothing', ['report', 'technical-file', 'model:lending/none@1'], 1, /NOT_FOUND/],
  ['a change report without its beginning', ['report', 'change-impact', PART], 2, /needs "since"/],
  [
    'a report since a point that is none',
    ['report', 'change-impact', PART, '--since', 'once'],
    2,
    /--since must be/,
  ],
])('refuses %s', async (_, args, code, said) => {
  const ran = await pedigree(server, args);
  expect([ran.code, ran.stdout]).toEqual([code, '']);
  expect(ran.stderr).toMatch(said);
});

test('a token that may not see people is told so by the exit code', async () => {
  const env = { PEDIGREE_URL: server.url, PEDIGREE_TOKEN: await server.token('reader') };
  const ran = await pedigree(server, ['report', 'subject-access', 'applicant-42'], env);
  expect([ran.code, ran.stdout]).toEqual([4, '']);
  expect(ran.stderr).toMatch(/needs a token with the role governance/);
});

test('--evidence writes one file for all statements, and pedigree verify proves it', async () => {
  const [report, proof] = ['report.md', 'proof.json'].map((name) => join(server.dataDir, name)) as [
    string,
    string,
  ];
  const made = await pedigree(server, [
    ...['report', 'technical-file', 'model:lending/credit@1', '--output', report, '--evidence', proof],
  ]);
  expect(made).toMatchObject({ code: 0, stdout: '' });
  expect(made.stderr).toMatch(/^pedigree: .*proof\.json proves \d+ entries\n/);
  expect(readFileSync(report, 'utf8')).toMatch(/^# Technical file/);
  const key = (await (await fetch(`${server.url}/log/lineage/vkey`)).text()).trim();
  const verified = await pedigree(server, ['verify', proof, '--key', key]);
  expect(verified.code).toBe(0);
  expect(verified.stdout).toMatch(
    /^VERIFIED: every entry here is in the signed log as it was declared\.\nasked {6}the entries of report TECHNICAL_FILE of model:lending\/credit@1, as of/,
  );
  expect(verified.stdout).toContain('not proved what a report says of these entries');
  writeFileSync(proof, readFileSync(proof, 'utf8').replace('report TECHNICAL_FILE', 'report RATIONALE'));
  const refused = await pedigree(server, ['verify', proof, '--key', key]);
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringMatching(/^ALTERED: [^]*checksum: /)]);
});

test('--evidence of a report that names no entry says that there is nothing to prove', async () => {
  const proof = join(server.dataDir, 'nothing.json');
  const ran = await pedigree(server, ['report', 'model-inventory', 'nobody', '--evidence', proof]);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/names no entry of the log: there is nothing to prove \(NOT_FOUND\)/);
  expect(existsSync(proof)).toBe(false);
});
