/** Attestations in reports: said whole while they are short, named where they are long. */
import { expect, test } from '@jest/globals';

import { attestedStatement } from '../../../src/governance/reports/attested.js';

const statementOf = (fields: object) => {
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`value/${name}`, value]));
  const props = { id: 'attestation:t/a@1', type: 'CONTRACT', occurredAt: 0, values: JSON.stringify(values) };
  return attestedStatement({ props, about: ['dataset:t/d@1', 'dataset:t/e@1'] });
};

test('what is short is said, and about what', () => {
  expect(statementOf({ version: '1.2.0', rows: 3 })).toMatchObject({
    label: 'CONTRACT',
    text: '1970-01-01T00:00:00.000Z, about dataset:t/d@1 and 1 others: version 1.2.0; rows 3',
    references: [{ id: 'attestation:t/a@1' }],
  });
});

test('what is long is named with its length', () => {
  expect(statementOf({ document: 'x'.repeat(5_000) }).text).toMatch(
    /: document of 5,000 characters, which its entry has$/,
  );
});
