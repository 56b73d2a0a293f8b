/** Reports over GraphQL: what they say, to whom, and what they say that they cannot say. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { SECRET_EXPLANATION, storyline, SUBJECT } from '../../support/storyline.js';

const LOAN = id('Prediction', 'loan');
const MODEL = id('Model', 'full');
const REPORT = `query ($kind: ReportKind!, $of: ID!, $asOf: AsOf, $since: AsOf) {
  report(kind: $kind, of: $of, asOf: $asOf, since: $since) {
    kind of asOf title asks markdown html checkpoint { origin treeSize root }
    sections { title statements { label text references { id digest leafIndex } } }
    gaps { question reason references { id } }
  }
}`;

let server: TestServer;
let before: string;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    artifact('Dataset', 'train', [edge('PRODUCED_BY', id('Transform', 'split'))], {
      fields: { rowCount: 700, classification: 'PERSONAL' },
    }),
    artifact('Dataset', 'test', [edge('PRODUCED_BY', id('Transform', 'split'))]),
    artifact('Transform', 'split', [edge('READ', id('Dataset', 'raw'))]),
    artifact('Dataset', 'raw', [], { fields: { location: 's3://raw/<b>all</b>.csv' } }),
    artifact('Dataset', 'elsewhere'),
    artifact(
      'Model',
      'full',
      [
        edge('TRAINED_ON', id('Dataset', 'train')),
        edge('EVALUATED_ON', id('Dataset', 'test')),
        edge('TRAINED_BY', id('Transform', 'unknown-run')),
        edge('USES', id('FeatureDef', 'dir')),
      ],
      {
        fields: {
          intendedUse: 'Credit <script>alert(1)</script>',
          metrics: { auc: 0.81 },
          weightsDigest: `sha256:${'1'.repeat(64)}`,
        },
      },
    ),
    artifact('Model', 'self', [
      edge('TRAINED_ON', id('Dataset', 'raw')),
      edge('EVALUATED_ON', id('Dataset', 'raw')),
    ]),
    artifact('Model', 'child', [
      edge('TRAINED_ON', id('Dataset', 'train')),
      edge('EVALUATED_ON', id('Dataset', 'raw')),
    ]),
    artifact('Model', 'apart', [
      edge('TRAINED_ON', id('Dataset', 'train')),
      edge('EVALUATED_ON', id('Dataset', 'elsewhere')),
    ]),
    attestation('yes', 'APPROVED', [MODEL], {
      fields: { approver: 'board', decision: 'APPROVED', basis: 'minutes 7' },
    }),
  ] as never);
  before = (await server.ask('{ log { treeSize } }')).log.treeSize;
  await server.declareAll([
    prediction('later', 'full', [edge('SCORED', id('Dataset', 'elsewhere'), { props: { role: 'INPUT' } })]),
    attestation('no', 'INCIDENT', [id('Dataset', 'raw')], {
      fields: { title: 'rows were doubled', severity: 'HIGH', status: 'OPEN' },
    }),
  ]);
}, 60_000);

afterAll(() => server.stop());

interface Shown {
  readonly sections: readonly {
    readonly title: string;
    readonly statements: readonly {
      readonly label: string;
      readonly text: string;
      readonly references: readonly { id: string; leafIndex: string | null }[];
    }[];
  }[];
  readonly gaps: readonly {
    readonly question: string;
    readonly reason: string;
    readonly references: readonly { id: string }[];
  }[];
  readonly markdown: string;
  readonly html: string;
}

async function report(variables: object, role: 'reader' | 'auditor' = 'reader'): Promise<Shown> {
  return (await server.ask(REPORT, variables, role)).report;
}

const labelled = ({ sections }: Shown, title: string): [string, string][] =>
  sections.find((section) => section.title === title)?.statements.map(({ label, text }) => [label, text]) ??
  [];

test('the technical file of a model says what is known, what backs it, and what is missing', async () => {
  const file = await report({ kind: 'TECHNICAL_FILE', of: MODEL });
  expect(labelled(file, 'The model')).toContainEqual(['Intended use', 'Credit <script>alert(1)</script>']);
  expect(labelled(file, 'How it was trained')).toContainEqual([
    'Trained on',
    'train@1; rows 700; classification PERSONAL',
  ]);
  expect(labelled(file, 'Where the data came from')).toEqual([
    ['Source', 'raw@1; location s3://raw/<b>all</b>.csv'],
  ]);
  expect(labelled(file, 'How well it works')).toEqual([
    ['Metrics', '{"auc":0.81}'],
    ['Evaluated on', 'test@1'],
  ]);
  expect(labelled(file, 'Checks and findings')).toEqual([
    ['INCIDENT', expect.stringContaining('rows were doubled')],
  ]);
  expect(labelled(file, 'Oversight')).toEqual([['APPROVED', expect.stringContaining('basis minutes 7')]]);
  expect(file.gaps).toContainEqual({
    question: 'What is this?',
    reason: 'It is named as a cause and was not declared.',
    references: [{ id: id('Transform', 'unknown-run') }],
  });
  const backed = file.sections
    .flatMap(({ statements }) => statements)
    .filter(({ references }) => references.length === 0);
  expect(backed).toEqual([]);
  expect(file.html).not.toContain('<script');
  expect(file.html).toContain('&lt;script&gt;');
  expect(file.markdown).toContain('Credit \\<script\\>');
});

test('a statement is proved by the entry that it names', async () => {
  const file = await report({ kind: 'TECHNICAL_FILE', of: MODEL });
  for (const { references } of file.sections.flatMap(({ statements }) => statements)) {
    for (const { id: of, leafIndex } of references) {
      if (leafIndex === null) continue;
      const { inclusionProof } = await server.ask(
        'query ($of: ID!) { inclusionProof(of: $of) { leafIndex } }',
        { of },
      );
      expect(inclusionProof.leafIndex).toBe(leafIndex);
    }
  }
});

test('as of a release, what came later is not in it; and the same question gives the same report', async () => {
  const question = { kind: 'TECHNICAL_FILE', of: MODEL, asOf: { treeSize: before } };
  const then = await report(question);
  expect(labelled(then, 'Checks and findings')).toEqual([]);
  expect((await report(question)).markdown).toBe(then.markdown);
});

test('what a bare model lacks is asked for by name', async () => {
  const { gaps } = await report({ kind: 'TECHNICAL_FILE', of: id('Model', 'self') });
  expect(gaps.map(({ question }) => question)).toEqual(
    expect.arrayContaining([
      'What is it for?',
      'How well does it work?',
      'Which weights are these, exactly?',
      'How was it trained?',
      'Who approved it?',
    ]),
  );
});

describe('a decision', () => {
  test.each(['DECISION_FOR_SUBJECT', 'DECISION_FOR_AUTHORITY'])(
    '%s has personal values for who may read them, and the read is recorded',
    async (kind) => {
      const { accessLog: earlier } = await server.ask('{ accessLog { items { id } } }', {}, 'auditor');
      const told = await report({ kind, of: LOAN }, 'auditor');
      expect(JSON.stringify(told.sections)).toContain(SECRET_EXPLANATION);
      const { accessLog } = await server.ask(
        '{ accessLog { items { id operation artifacts } } }',
        {},
        'auditor',
      );
      expect(accessLog.items.length).toBe(earlier.items.length + 1);
      const withheld = await report({ kind, of: LOAN });
      expect(JSON.stringify(withheld)).not.toContain(SECRET_EXPLANATION);
      expect(JSON.stringify(withheld)).not.toContain(SUBJECT);
      expect(JSON.stringify(withheld)).toContain('withheld');
    },
  );

  test('for the subject it is short and says what could not be told', async () => {
    const told = await report({ kind: 'DECISION_FOR_SUBJECT', of: LOAN }, 'auditor');
    expect(labelled(told, 'The decision')[0]).toEqual(['Decided', expect.stringMatching(/^2026-/)]);
    expect(labelled(told, 'What it was based on, most important first').length).toBeGreaterThan(0);
    expect(told.gaps.map(({ question }) => question)).toContain('How can it be contested?');
  });

  test('for an authority it has the model, the steps and every gap of the storyline', async () => {
    const told = await report({ kind: 'DECISION_FOR_AUTHORITY', of: LOAN }, 'auditor');
    const { trace } = await server.ask(
      'query ($p: ID!) { trace(prediction: $p) { steps { id } completeness { missing { code artifact } } } }',
      { p: LOAN },
      'auditor',
    );
    expect(labelled(told, 'Steps').filter(([label]) => label === 'Step')).toHaveLength(trace.steps.length);
    expect(
      told.gaps.map(({ question, references }) => ({ code: question, artifact: references[0]?.id })),
    ).toEqual(trace.completeness.missing);
  });
});

test('a change: what was recorded since, and the decisions at both points', async () => {
  const told = await report({ kind: 'CHANGE_IMPACT', of: MODEL, since: { treeSize: before } });
  expect(labelled(told, 'Attested since')).toEqual([
    ['INCIDENT', expect.stringContaining('rows were doubled')],
  ]);
  expect(labelled(told, 'Decisions that depend on it')).toEqual([
    ['At the earlier point', '0'],
    ['At the later point', '1'],
    ['By model', `${MODEL}: 1`],
  ]);
  const counts = told.sections.find(({ title }) => title === 'Decisions that depend on it');
  expect(counts?.statements[2]?.references).toMatchObject([
    { id: MODEL, leafIndex: expect.stringMatching(/^\d+$/) },
  ]);
  const calm = await report({
    kind: 'CHANGE_IMPACT',
    of: id('Model', 'apart'),
    since: { treeSize: before },
    asOf: { treeSize: before },
  });
  expect(calm.gaps).toContainEqual(expect.objectContaining({ question: 'What changed?' }));
  const unborn = await report({ kind: 'CHANGE_IMPACT', of: MODEL, since: { treeSize: 1 } });
  expect(labelled(unborn, 'Decisions that depend on it')[0]).toEqual(['At the earlier point', '0']);
});

test.each([
  ['self', [['The same data set', 'The model was evaluated on its training data.']], []],
  ['child', [['One made from the other', `${id('Dataset', 'train')} and ${id('Dataset', 'raw')}`]], []],
  ['full', [['Common origin', id('Dataset', 'raw')]], ['Do they share rows?']],
  [
    'apart',
    [['No common origin', `${id('Dataset', 'train')} and ${id('Dataset', 'elsewhere')} share no data set`]],
    [],
  ],
])('overlap of training and evaluation: %s', async (name, statements, questions) => {
  const told = await report({ kind: 'TRAIN_TEST_OVERLAP', of: id('Model', name) });
  expect(labelled(told, 'Overlap')).toEqual(statements);
  expect(told.gaps.map(({ question }) => question)).toEqual(questions);
});

test.each([
  [
    { kind: 'TECHNICAL_FILE', of: LOAN },
    'URN_KIND_MISMATCH',
    'a TECHNICAL_FILE report is about a Model, but got:',
  ],
  [{ kind: 'DECISION_FOR_SUBJECT', of: MODEL }, 'URN_KIND_MISMATCH', 'is about a Prediction, but got:'],
  [
    { kind: 'TECHNICAL_FILE', of: id('Model', 'none') },
    'NOT_FOUND',
    'there is no artifact model:test/none@1',
  ],
  [{ kind: 'TECHNICAL_FILE', of: 'nonsense' }, 'BAD_URN', 'nonsense'],
  [{ kind: 'CHANGE_IMPACT', of: MODEL }, 'BAD_INPUT', 'needs "since", its earlier point'],
  [
    { kind: 'CHANGE_IMPACT', of: MODEL, since: { treeSize: 9 }, asOf: { treeSize: 8 } },
    'BAD_INPUT',
    '"since" must not be after "asOf"',
  ],
  [
    { kind: 'CHANGE_IMPACT', of: id('Attestation', 'yes'), since: { treeSize: 1 } },
    'URN_KIND_MISMATCH',
    'is about an artifact, but got:',
  ],
  [{ kind: 'TECHNICAL_FILE', of: MODEL, asOf: { treeSize: 99_999 } }, 'AS_OF_IN_FUTURE', '99999'],
])('%p is refused', async (variables, code, said) => {
  const { errors } = await server.graphql(REPORT, variables, 'reader');
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(said);
});
