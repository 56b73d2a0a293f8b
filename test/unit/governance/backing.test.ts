/** What backs a report as a whole, and how much of it one file may hold. */
import { expect, test } from '@jest/globals';

import { readNamed } from '../../../src/governance/evidence/closure.js';
import { backingOf } from '../../../src/governance/reports/backing.js';
import type { Reference, Report } from '../../../src/governance/reports/report.js';
import { id } from '../../support/declarations.js';

const report = (references: readonly Reference[], gaps: readonly Reference[] = []): Report => ({
  ...{ kind: 'TECHNICAL_FILE', of: id('Model', 'm'), asOf: 9, title: '', asks: '' },
  checkpoint: { origin: 'log', treeSize: 9, root: '' },
  sections: [
    { title: '', statements: references.map((one) => ({ label: '', text: '', references: [one] })) },
  ],
  gaps: [{ question: '', reason: '', references: gaps }],
});
const at = (name: string, leafIndex?: number): Reference => ({
  id: id('Dataset', name),
  ...(leafIndex === undefined ? {} : { leafIndex }),
});

test('is every entry once, in the order of the log, of statements and gaps; and what has none', () => {
  expect(
    backingOf(report([at('b', 5), at('a', 7), at('b', 5), at('none')], [at('c', 1), at('else')])),
  ).toEqual({
    of: 'report TECHNICAL_FILE of model:test/m@1',
    entries: [
      { id: id('Dataset', 'c'), leafIndex: 1 },
      { id: id('Dataset', 'b'), leafIndex: 5 },
      { id: id('Dataset', 'a'), leafIndex: 7 },
    ],
    undeclared: [id('Dataset', 'else'), id('Dataset', 'none')],
  });
});

test('of a person does not name the person', () => {
  expect(backingOf({ ...report([]), kind: 'SUBJECT_ACCESS', of: 'Ann Q. Public' }).of).toBe(
    'report SUBJECT_ACCESS',
  );
});

test('beyond the limit of a file is refused with both figures, before anything is read', async () => {
  const stored = { entries: () => Promise.reject(new Error('read')) } as never;
  const named = [1, 2, 3].map((leafIndex) => ({ id: id('Dataset', String(leafIndex)), leafIndex }));
  await expect(readNamed(stored, named, 2)).rejects.toMatchObject({
    code: 'EVIDENCE_TOO_LARGE',
    message: expect.stringMatching(/^evidence may have at most 2 entries here, but 3 are named/) as unknown,
  });
});
