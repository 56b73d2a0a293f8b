/** The reports of the law that ask about windows, reasons, and all models together: what they say and to whom. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { verifyConsistency } from '../../../src/ledger/verify-proof.js';
import {
  day,
  questions,
  REPORT_FIELDS,
  said,
  SCORES as MODEL,
  SECRET,
  startBank,
  type ShownReport as Shown,
} from '../../support/bank.js';
import { id } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import type { TestServer } from '../../support/server.js';

const REPORT = `query ($kind: ReportKind!, $of: ID, $asOf: AsOf, $since: AsOf, $from: Timestamp, $to: Timestamp,
  $reasons: [String!], $adverse: AdverseDirection) {
  report(kind: $kind, of: $of, asOf: $asOf, since: $since, from: $from, to: $to, reasons: $reasons, adverse: $adverse) { ${REPORT_FIELDS} }
}`;

let server: TestServer;

beforeAll(async () => {
  server = await startBank();
}, 60_000);

afterAll(() => server.stop());

type Role = 'reader' | 'auditor' | 'governance' | 'admin';

async function report(variables: object, role: Role = 'reader'): Promise<Shown> {
  return (await server.ask(REPORT, variables, role)).report;
}

describe('the event log of a model', () => {
  const window = { kind: 'EVENT_LOG', of: MODEL, from: day(2), to: day(12) };

  test('has the decisions of the window, in order, of this model alone, each with its entry', async () => {
    const log = await report(window);
    const decisions = log.sections.find(({ title }) => title.startsWith('Decisions'))!.statements;
    expect(decisions.map(({ label }) => label)).toEqual([day(10), day(11)]);
    expect(decisions[0]!.text).toMatch(
      /first@1, outcome DENY, score 0.8, endpoint \/score, recorded 2026-03-01T10:00:00.000Z by test-writer/,
    );
    for (const { references } of decisions) {
      const [{ id: of, leafIndex, digest }] = references as [
        Shown['sections'][0]['statements'][0]['references'][0],
      ];
      const { inclusionProof } = await server.ask(
        'query ($of: ID!) { inclusionProof(of: $of) { leafIndex } }',
        { of },
      );
      expect(leafIndex).toBe(inclusionProof.leafIndex);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(said(log, /^Attested/)).toEqual([expect.stringContaining('/score')]);
    expect(said(log, /^The window/)).toContain('Decisions of this model in the window: 2 decisions');
    expect(questions(log)).toContain('Was everything declared that happened?');
    expect(questions(log)).toContain('How did this run end?');
    expect(JSON.stringify(log)).not.toContain(SECRET);
  });

  test('proves that the log at the end of the window extends the log at its beginning', async () => {
    const { log } = await server.ask('{ log { treeSize } }');
    const told = await report({ kind: 'EVENT_LOG', of: MODEL, from: '2026-03-01T09:30:00Z' });
    const [recorded, begin, end, proof] = said(told, /^The log/);
    const size = Number(log.treeSize);
    expect(recorded).toBe(
      `Recorded: 5 entries of all systems, with the positions ${String(size - 5)} to ${String(size - 1)}, each once`,
    );
    const root = (text: string): Buffer => Buffer.from(/: (\S+) over/.exec(text)![1]!, 'base64');
    const hashes = proof!
      .split(': ')
      .at(-1)!
      .split(' ')
      .map((hash) => Buffer.from(hash, 'base64'));
    const from = { size: size - 5, root: root(begin!) };
    const to = { size, root: root(end!) };
    expect(() => {
      verifyConsistency(from, to, hashes);
    }).not.toThrow();
    const { checkpoint } = await server.ask('{ checkpoint { root treeSize } }');
    expect([checkpoint.treeSize, checkpoint.root]).toEqual([String(size), root(end!).toString('base64')]);
  });

  test('of a window in which nothing happened says so', async () => {
    const told = await report({
      kind: 'EVENT_LOG',
      of: MODEL,
      from: '2031-01-01T00:00:00Z',
      to: '2031-01-02T00:00:00Z',
    });
    expect(said(told, /^The log/)).toEqual(['Recorded: No entry of any kind was recorded in the window.']);
    expect(questions(told)).toContain('What did it decide?');
  });
});

describe('stated reasons and scored factors', () => {
  const ask = (name: string, more: object = {}, role: Role = 'auditor'): Promise<Shown> =>
    report({ kind: 'ADVERSE_ACTION', of: id('Prediction', name), adverse: 'HIGHER', ...more }, role);

  test.each([
    ['first', {}, ['Finding: They match: the stated reasons are the 2 factors that counted most.']],
    [
      'second',
      {},
      [
        'Finding: Stated, and did not count against the person: income.',
        'Finding: Counted more than a stated reason, and was not stated: loan.',
      ],
    ],
    [
      'after',
      {},
      [
        'Finding: Stated, and did not count against the person: colour.',
        'Finding: Counted more than a stated reason, and was not stated: debt.',
      ],
    ],
    [
      'before',
      { reasons: ['debt'] },
      ['Finding: They match: the stated reasons are the 1 factors that counted most.'],
    ],
    [
      'first',
      { adverse: 'LOWER' },
      [
        'Finding: Stated, and did not count against the person: debt, loan.',
        'Finding: Counted more than a stated reason, and was not stated: income.',
      ],
    ],
  ])('%s %p', async (name, more, findings) => {
    expect(said(await ask(name, more), /match/)).toEqual(findings);
  });

  test('each stated reason is told apart: scored, not scored, not against the person, of unknown weight', async () => {
    const told = await ask('first', { reasons: ['debt', 'colour', 'income', 'unweighed'] });
    const lines = said(told, /^Stated/);
    expect(lines[0]).toMatch(
      /^1\. debt: was scored; number 1 of those that counted: was 0\.9; moved .* up by 1\.5$/,
    );
    expect(lines[1]).toBe('2. colour: was not scored in this decision: it cannot be a reason for it');
    expect(lines[2]).toMatch(/^3\. income: was scored, and did not count against the person/);
    expect(lines[3]).toMatch(/^4\. unweighed: .*not known/);
    expect(questions(told)).toContain('How much did unweighed count?');
  });

  test('what was not said, and what may not be read, is a gap and no guess', async () => {
    expect(questions(await ask('before'))).toContain('Which reasons was the person told?');
    expect(questions(await ask('first', { adverse: null }))).toContain(
      'Which factors counted against the person?',
    );
    const withheld = await ask('first', {}, 'reader');
    expect(said(withheld, /match|^Stated|^Factors/)).toEqual([]);
    expect(withheld.gaps).toContainEqual(
      expect.objectContaining({
        question: 'Which reasons was the person told?',
        reason: 'They are withheld.',
      }),
    );
    expect(JSON.stringify(withheld)).not.toMatch(/0\.95/);
  });
});

describe('the model inventory', () => {
  test('has the state of every model and what several depend on', async () => {
    const told = await report({ kind: 'MODEL_INVENTORY', of: 'test' });
    expect(said(told, /^In all/)).toEqual(['Models: 5 versions, 1 deployed', 'Live decisions: 6 decisions']);
    const models = said(told, /^Models/);
    expect(models.find((line) => line.startsWith(MODEL))).toMatch(
      /owner credit risk; use: decides loans; deployed; last at \/score; last word on its use: APPROVED; 4 live decisions$/,
    );
    expect(models.find((line) => line.startsWith(id('Model', 'idle')))).toMatch(
      /retired; no approval; 0 live/,
    );
    expect(said(told, /concentration/)).toEqual([
      'Dataset test/applicants: 3 of 5 models (60.0 %), which made 83.3 % of the live decisions; 1 version',
      'Dataset test/weather: 2 of 5 models (40.0 %), which made 0.0 % of the live decisions; 1 version',
    ]);
    expect(questions(told)).toEqual(expect.arrayContaining(['Who is responsible?', 'What are they for?']));
  });

  test('of everything, of nothing, and as of an earlier point', async () => {
    const { checkpoint } = await server.ask('{ checkpoint { origin } }');
    const all = await report({ kind: 'MODEL_INVENTORY' });
    expect([all.of, said(all, /^Models/).length]).toEqual([checkpoint.origin, 5]);
    expect(questions(await report({ kind: 'MODEL_INVENTORY', of: 'nobody' }))).toContain(
      'Which models are there?',
    );
    const early = await report({ kind: 'MODEL_INVENTORY', asOf: { treeSize: 0 } });
    expect(said(early, /^Models/)).toEqual([]);
  });
});

describe('the register of processing', () => {
  test('has purposes, categories, and for those who may know them recipients', async () => {
    await issueGrant(server, { roots: [MODEL], holder: 'supervisory authority', purpose: 'audit 7' });
    const told = await report({ kind: 'PROCESSING_REGISTER', of: 'test' }, 'governance');
    const purposes = said(told, /^Purposes/);
    expect(purposes.find((line) => line.startsWith(MODEL))).toBe(
      `${MODEL}: decides loans; owner credit risk; 4 live decisions; personal data: test/applicants`,
    );
    expect(purposes.some((line) => line.startsWith(id('Model', 'idle')))).toBe(false);
    expect(said(told, /^Categories/)).toEqual([
      'Dataset test/applicants: classified PERSONAL; columns race (SPECIAL); location s3://people.csv; used by 3 models',
    ]);
    expect(said(told, /^Recipients/)).toEqual([
      expect.stringMatching(/^supervisory authority: for: audit 7; without personal values;/),
    ]);
    expect(questions(told)).toContain('Who is the controller, and who the data protection officer?');
    const reader = await report({ kind: 'PROCESSING_REGISTER', of: 'test' });
    expect(said(reader, /^Recipients/)).toEqual([]);
    expect(questions(reader)).toContain('Who receives it?');
  });
});

test.each([
  [{ kind: 'EVENT_LOG' }, 'BAD_INPUT', 'an EVENT_LOG report needs "of": it is about a Model'],
  [
    { kind: 'EVENT_LOG', of: MODEL, from: day(2), to: day(1) },
    'BAD_INPUT',
    '"from" must be earlier than "to"',
  ],
  [{ kind: 'EVENT_LOG', of: id('Model', 'none') }, 'NOT_FOUND', 'there is no artifact'],
  [
    { kind: 'EVENT_LOG', of: MODEL, since: { treeSize: 1 } },
    'BAD_INPUT',
    '"since" is for CHANGE_IMPACT reports only',
  ],
  [{ kind: 'TECHNICAL_FILE', of: MODEL, from: day(1) }, 'BAD_INPUT', '"from" is for EVENT_LOG reports only'],
  [
    { kind: 'TECHNICAL_FILE', of: MODEL, adverse: 'LOWER' },
    'BAD_INPUT',
    '"adverse" is for ADVERSE_ACTION reports only',
  ],
  [{ kind: 'ADVERSE_ACTION', of: MODEL }, 'URN_KIND_MISMATCH', 'is about a Prediction, but got:'],
  [
    { kind: 'MODEL_INVENTORY', of: MODEL },
    'BAD_INPUT',
    'of must be a namespace, or be left out for everything',
  ],
  [{ kind: 'PROCESSING_REGISTER', of: '' }, 'BAD_INPUT', 'of must be a namespace'],
  [{ kind: 'SUBJECT_ACCESS', of: 'anna' }, 'BAD_INPUT', 'is asked for by the field subjectReport'],
  [{ kind: 'ERASURE_CERTIFICATE', of: 'x' }, 'BAD_INPUT', 'is asked for by the field erasureReport'],
])('%p is refused', async (variables, code, message) => {
  const { errors } = await server.graphql(REPORT, variables, 'reader');
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(message);
});
