/**
 * The mortgage story's third chapter in one run, each figure asserted: the contract stops the batch; where nobody stopped it the
 * drift is noticed and its cause found; the decisions are counted, listed and corrected; and a report says what changed.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import {
  runGovernedBatch,
  runMortgageDemo,
  type DemoResult,
  type GovernedBatchResult,
} from '../../demo/index.js';
import { TestServer } from '../support/server.js';

let server: TestServer;
let demo: DemoResult;
let told: GovernedBatchResult;
const lines: string[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  server.clock.now = Date.parse('2026-06-18T09:00:00Z');
  const writer = await server.token('writer', { namespaces: ['mortgage'] });
  demo = await runMortgageDemo({ url: server.url, token: writer, log: () => undefined });
  const log = (line: string): void => void lines.push(line);
  told = await runGovernedBatch({ url: server.url, writer, auditor: await server.token('auditor'), log });
}, 240_000);

afterAll(() => server.stop());

test('the contract stops the batch before it is scored, and says which rows', async () => {
  expect(told.gate).toMatchObject({ passed: false, rowsChecked: 900, rowsFailed: 299 });
  const broken = told.gate.rules.filter(({ passed }) => !passed);
  expect(broken.map(({ column, rule, failed }) => [column, rule, failed])).toEqual([
    // One loan of the 300 is two percent of the value: as a fraction of 2 it breaks no rule by itself.
    ['lvr', 'at most 3', 299],
    ['lvr', 'the mean must be between 0.5 and 1', undefined],
  ]);
  const { attestations } = await server.ask(
    '{ attestations(types: ["CONTRACT_CHECK"], first: 1) { items { fields about { items } } } }',
  );
  expect(attestations.items).toMatchObject([
    {
      fields: {
        contract: 'mortgage-applications 1.0.0',
        passed: false,
        rowsFailed: 299,
        extra: { before: 'SCORING' },
      },
    },
  ]);
});

test('without the gate, drift is noticed in one feature, and its first cause is the wrong conversion', () => {
  expect(told.drifted).toEqual(['lvr']);
  expect(told.causes[0]?.artifact).toMatch(/^transform:mortgage\/convert-delivery-west@2026-06-15\./);
  expect(told.causes[0]?.adjustedPValue).toBeLessThan(1e-9);
});

test('the affected decisions are counted exactly and listed', () => {
  expect(told.affected).toMatchObject({ total: 300, precision: 'EXACT' });
  expect(new Set(told.affected.decisions).size).toBe(300);
  expect(told.affected.decisions).toEqual(expect.arrayContaining([...demo.ids.suspects]));
});

test('each is decided again and linked, and all that were wrongly denied come out otherwise', async () => {
  expect(told.corrected.decisions).toBe(300);
  expect(told.corrected.changed).toBe(demo.ids.suspects.length);
  const [wrong = ''] = demo.ids.suspects;
  const { artifact } = await server.ask(
    'query ($id: ID!) { artifact(id: $id) { fields corrections { by reason attestation { type } } } }',
    { id: wrong },
  );
  expect(artifact).toMatchObject({
    fields: { outcome: 'DENY' },
    corrections: [
      {
        attestation: { type: 'CORRECTS' },
        reason: expect.stringMatching(/in percent instead of as a fraction/),
        by: expect.stringMatching(/^prediction:mortgage\/decision@corrected-\d+\./),
      },
    ],
  });
  const again = await server.ask('query ($id: ID!) { artifact(id: $id) { fields } }', {
    id: artifact.corrections[0].by,
  });
  expect(again.artifact.fields.outcome).toBe('APPROVE');
});

test('what an applicant was told as reasons is what counted in the score, the wrong ratio first among it', async () => {
  const [wrong = ''] = demo.ids.suspects;
  const ask = async (more = '') => {
    const { report } = await server.ask(
      `query ($of: ID!) { report(kind: ADVERSE_ACTION, of: $of, adverse: HIGHER${more}) {
        sections { title statements { label text } } gaps { question } } }`,
      { of: wrong },
      'auditor',
    );
    const sections = report.sections as { title: string; statements: { label: string; text: string }[] }[];
    const at = (title: string): string[] =>
      sections
        .find((section) => section.title === title)
        ?.statements.map(({ label, text }) => `${label}: ${text}`) ?? [];
    return { stated: at('Stated reasons'), match: at('Do they match?'), gaps: report.gaps as unknown[] };
  };
  const told = await ask();
  expect(told.stated[0]).toMatch(
    /^1\. lvr: was scored; number 1 of those that counted: was \d{2,}\.?\d*; moved .* up by/,
  );
  expect(told.match).toEqual([
    expect.stringMatching(/^Finding: They match: the stated reasons are the \d factors that counted most\.$/),
  ]);
  // What is left is what no declaration can say: when the notice was sent.
  expect(told.gaps).toEqual([{ question: 'Was the person told in time and in writing?' }]);
  const other = await ask(', reasons: ["age"]');
  expect(other.match).toEqual([
    'Finding: Stated, and did not count against the person: age.',
    'Finding: Counted more than a stated reason, and was not stated: lvr.',
  ]);
});

test('the report names the broken check and the drift, and counts the decisions', () => {
  // Markdown's own characters are escaped in what producers wrote.
  const report = told.report.replaceAll('\\', '');
  expect(report).toMatch(/^# What changed about dataset:mortgage\/batch-features@/);
  expect(report).toMatch(/\*\*CONTRACT_CHECK:\*\* .*passed false/);
  expect(report).toMatch(/\*\*DRIFT:\*\* .*feature lvr; .*drifted true.*convert-delivery-west@/);
  expect(report).toMatch(/\*\*At the later point:\*\* 900 /);
});

test('it is told line by line, and telling it again adds nothing', async () => {
  expect(lines).toEqual([
    'The contract stops the batch: 299 of 900 rows break it',
    expect.stringMatching(
      /^Without the gate, drift is noticed in lvr; first among its causes: transform:.*convert-delivery-west@/,
    ),
    '300 decisions depend on it, EXACT',
    expect.stringMatching(/^300 decisions are made again and linked; \d+ come out otherwise$/),
  ]);
  const size = async (): Promise<string> => (await server.ask('{ log { treeSize } }')).log.treeSize as string;
  const before = await size();
  const writer = await server.token('writer', { namespaces: ['mortgage'] });
  await runGovernedBatch({
    url: server.url,
    writer,
    auditor: await server.token('auditor'),
    log: () => undefined,
  });
  expect(await size()).toBe(before);
}, 120_000);
