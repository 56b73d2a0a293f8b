/**
 * The second verifier, in Python with one signature package, agrees with the product's on every evidence file: honest
 * ones, those of servers that lie, those of a real server, and one-bit changes. The environment is thrown away.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { formatEvidence } from '../../src/verify/evidence-file.js';
import { verifyEvidence } from '../../src/verify/index.js';
import { id } from '../support/declarations.js';
import { evidenceCases, STORY } from '../support/evidence-cases.js';
import { EvidenceDouble } from '../support/evidence-double.js';
import { alteredFiles } from '../support/evidence-flips.js';
import { issueGrant } from '../support/granted.js';
import { maskedFile } from '../support/masked-cases.js';
import { TestServer } from '../support/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);
const python = join(temporaryFolder(), 'venv');
const SCRIPT = join(import.meta.dirname, '../verifier/verify.py');

interface PythonVerdict {
  readonly outcome: string;
  readonly part: string | null;
  /** Id, path and value of what is asserted. */
  readonly masked: readonly (readonly [string, string, string])[];
}

beforeAll(async () => {
  await run('python3', ['-m', 'venv', python]);
  await run(join(python, 'bin/pip'), ['install', '--quiet', 'cryptography']);
}, 300_000);

async function judge(texts: readonly string[], key: string, seen?: string): Promise<PythonVerdict[]> {
  const child = run(join(python, 'bin/python'), [SCRIPT, key, ...(seen === undefined ? [] : [seen])], {
    maxBuffer: 1e8,
  });
  child.child.stdin!.end(texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
  const { stdout } = await child;
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PythonVerdict);
}

function ours(text: string, key: string, seen?: string): PythonVerdict {
  const { outcome, problems, masked } = verifyEvidence(text, {
    key,
    ...(seen === undefined ? {} : { seen }),
  });
  return {
    outcome,
    part: problems[0]?.part ?? null,
    masked: masked.map(({ id: of, path, value }) => [of, path, value] as const),
  };
}

test('on honest files and on those of servers that lie', async () => {
  const { key, cases } = await evidenceCases();
  for (const { name, text, seen } of cases) {
    const [verdict] = await judge([text], key, seen);
    expect({ name, ...verdict }).toEqual({ name, ...ours(text, key, seen) });
  }
}, 120_000);

test('on one-bit changes', async () => {
  const log = new EvidenceDouble(STORY);
  const text = await log.text(id('Prediction', 'decided'), { since: 5 });
  const masked = formatEvidence(await maskedFile(log));
  const entries = formatEvidence(
    await log.entriesFile([id('Model', 'scorer'), id('Attestation', 'approve')]),
  );
  const altered = [
    ...alteredFiles(text, { seed: 3, step: 12 }),
    ...alteredFiles(masked, { seed: 5, step: 120 }),
    ...alteredFiles(entries, { seed: 7, step: 60 }),
  ];
  const verdicts = await judge(
    altered.map((file) => file.text),
    log.key,
  );
  const differing = altered.flatMap((file, i) => {
    const [theirs, mine] = [verdicts[i], ours(file.text, log.key)];
    return isDeepStrictEqual(theirs, mine) ? [] : [{ where: file.where, theirs, mine }];
  });
  expect(differing).toEqual([]);
  expect(altered.length).toBeGreaterThan(1_000);
}, 120_000);

let server: TestServer | undefined;

afterAll(() => server?.stop());

test('on what a server gives out', async () => {
  server = await TestServer.start();
  await server.declareAll(STORY);
  const key = (await (await fetch(`${server.url}/log/lineage/vkey`)).text()).trim();
  const query = 'query ($of: ID!) { evidence(of: $of) { file } }';
  for (const role of ['auditor', 'reader'] as const) {
    const { evidence } = await server.ask(query, { of: id('Prediction', 'decided') }, role);
    expect(await judge([evidence.file], key)).toEqual([{ outcome: 'VERIFIED', part: null, masked: [] }]);
  }
  const rules = [{ classifications: ['SPECIAL'], names: ['income'], mask: 'RANGE', width: 1 }];
  await server.ask(
    'mutation ($profile: RedactionProfileInput!) { declareRedactionProfile(profile: $profile) { digest } }',
    { profile: { name: 'supervisor', rules } },
  );
  const decided = id('Prediction', 'decided');
  const holder = await issueGrant(server, {
    roots: [decided],
    personal: true,
    profile: { name: 'supervisor' },
  });
  const { evidence } = await holder.ask(query, { of: decided });
  const masked = [[decided, 'value/features/income', '{"value":"[0, 1)"}']];
  // What was withdrawn before is withheld under a grant.
  const verdict = { outcome: 'INCOMPLETE', part: null, masked };
  expect([ours(evidence.file, key), ...(await judge([evidence.file], key))]).toEqual([verdict, verdict]);
}, 60_000);
