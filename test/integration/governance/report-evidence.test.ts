/** One evidence file for all that a report names: made through the public door, and verified with the log's key alone. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Role } from '../../../src/access/scopes.js';
import { parseEvidence } from '../../../src/verify/evidence-file.js';
import { verifyEvidence } from '../../../src/verify/index.js';
import { openEntry } from '../../../src/verify/open-entry.js';
import { artifact, attestation, edge, id } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';
import { SECRET_EXPLANATION, storyline, SUBJECT } from '../../support/storyline.js';

const LOAN = id('Prediction', 'loan');
const MODEL = id('Model', 'full');
const PROVED = `query ($kind: ReportKind!, $of: ID) { report(kind: $kind, of: $of) {
  sections { statements { references { id digest leafIndex } } } gaps { references { id digest leafIndex } }
  evidence { treeSize entries undeclared file } } }`;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    artifact('Model', 'full', [
      edge('TRAINED_ON', id('Dataset', 'part-a')),
      edge('EVALUATED_ON', id('Dataset', 'never-declared')),
      edge('USES', id('FeatureDef', 'dir')),
    ]),
    attestation('yes', 'APPROVED', [MODEL], { fields: { approver: 'board', decision: 'APPROVED' } }),
  ]);
});

afterAll(() => server.stop());

describe('the evidence of a report', () => {
  interface Named {
    readonly id: string;
    readonly digest: string | null;
    readonly leafIndex: string | null;
  }
  interface Proved {
    readonly sections: { readonly statements: { readonly references: Named[] }[] }[];
    readonly gaps: { readonly references: Named[] }[];
    readonly evidence: { treeSize: string; entries: number; undeclared: string[]; file: string } | null;
  }
  const keyOf = async (): Promise<string> =>
    (await (await fetch(`${server.url}/log/lineage/vkey`)).text()).trim();
  async function proved(kind: string, of: string | null, role: Role = 'reader') {
    const { report } = (await server.ask(PROVED, { kind, of }, role)) as { report: Proved };
    const references = [...report.sections.flatMap(({ statements }) => statements), ...report.gaps].flatMap(
      (one) => one.references,
    );
    return { references, evidence: report.evidence };
  }

  test.each([
    ['TECHNICAL_FILE', MODEL],
    ['EVENT_LOG', MODEL],
    ['TRAIN_TEST_OVERLAP', MODEL],
    ['DECISION_FOR_AUTHORITY', LOAN],
    ['RATIONALE', id('FeatureDef', 'dir')],
    ['MODEL_INVENTORY', null],
    ['PROCESSING_REGISTER', null],
  ])('%s: one file proves every entry that a statement names, by position and digest', async (kind, of) => {
    const { references, evidence } = await proved(kind, of);
    const verdict = verifyEvidence(evidence!.file, { key: await keyOf() });
    expect(verdict).toMatchObject({ outcome: 'VERIFIED', problems: [], missing: [] });
    expect(verdict.question?.of).toMatch(new RegExp(`^report ${kind} of `));
    const open = new Map(
      parseEvidence(evidence!.file).entries.map((entry) => {
        const { id: whose, index, digest } = openEntry(entry);
        return [whose, [String(index), digest]] as const;
      }),
    );
    const named = references.filter(({ leafIndex }) => leafIndex !== null);
    expect(named.length).toBeGreaterThan(0);
    for (const { id: whose, leafIndex, digest } of named)
      expect(open.get(whose)).toEqual([leafIndex, digest]);
    expect([...open.keys()].sort()).toEqual([...new Set(named.map(({ id: whose }) => whose))].sort());
    expect(evidence!.entries).toBe(open.size);
    const bare = references.filter(({ leafIndex }) => leafIndex === null).map(({ id: whose }) => whose);
    expect(evidence!.undeclared).toEqual([...new Set(bare)].sort());
  });

  test('has personal values for whom the read is recorded, and for nobody else', async () => {
    const open = await proved('DECISION_FOR_AUTHORITY', LOAN, 'auditor');
    expect(disclosedIn(open.evidence!.file)).toContain(SECRET_EXPLANATION);
    const { accessLog } = await server.ask('{ accessLog(first: 1) { items { operation } } }', {}, 'auditor');
    expect(accessLog.items).toHaveLength(1);
    const closed = await proved('DECISION_FOR_AUTHORITY', LOAN);
    expect(disclosedIn(closed.evidence!.file)).not.toContain(SECRET_EXPLANATION);
  });

  test('of a person has no personal value at all, and does not name the person', async () => {
    const { subjectReport } = await server.ask(
      'query ($subject: String!) { subjectReport(subject: $subject) { evidence { file } } }',
      { subject: SUBJECT },
      'auditor',
    );
    const { file } = subjectReport.evidence as { file: string };
    expect(verifyEvidence(file, { key: await keyOf() })).toMatchObject({ outcome: 'VERIFIED' });
    expect(parseEvidence(file).question.of).toBe('report SUBJECT_ACCESS');
    for (const secret of [SUBJECT, SECRET_EXPLANATION]) {
      expect(file).not.toContain(secret);
      expect(disclosedIn(file)).not.toContain(secret);
    }
  });

  test('is none where the report names no entry', async () => {
    const { report } = await server.ask(
      '{ report(kind: MODEL_INVENTORY, of: "nobody") { gaps { references { id } } evidence { file } } }',
      {},
      'reader',
    );
    expect(report.evidence).toBeNull();
  });
});

/** What the entries of a file disclose, as text. */
function disclosedIn(file: string): string {
  return parseEvidence(file)
    .entries.flatMap(({ disclosures }) => disclosures)
    .map((text) => Buffer.from(text, 'base64url').toString('utf8'))
    .join('\n');
}
