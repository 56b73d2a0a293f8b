/** The steps that the page shows of a verdict. */
import { expect, test } from '@jest/globals';

import { formatEvidence } from '../../../src/verify/evidence-file.js';
import { verifyEvidence } from '../../../src/verify/index.js';
import { stepsOf, type ProofStep } from '../../../web/app/pages/decision/proof-steps.js';
import { STORY } from '../../support/evidence-cases.js';
import { EvidenceDouble } from '../../support/evidence-double.js';
import { maskedFile } from '../../support/masked-cases.js';

const log = new EvidenceDouble(STORY);
const COMPARED = { same: 3, unstated: 0, different: [] };
const TITLE = 'Masked values are the server’s word';

function stepsFor(file: string): ProofStep[] {
  const verdict = verifyEvidence(file, { key: log.key });
  return stepsOf({ answer: { verdict, compared: COMPARED }, key: log.key, bytes: file.length });
}

test('masked values are shown as asserted and not proved, in a step of their own that holds in part', async () => {
  const masked = await maskedFile(log);
  const steps = stepsFor(formatEvidence(masked));
  expect(steps.find(({ title }) => title === TITLE)).toEqual({
    title: TITLE,
    detail:
      'asserted, not proved: value/features/income is {"value":"[0, 1000)"}; row/SCORED/dataset:test/raw@1 is ["9***"]',
    state: 'warn',
  });
  expect(steps.filter(({ state }) => state === 'good')).toHaveLength(steps.length - 1);
  const plain = stepsFor(await log.text(masked.question.of));
  expect(plain.map(({ title }) => title)).not.toContain(TITLE);
});

test('of many masked values the first are shown and the others are counted', async () => {
  const verdict = verifyEvidence(formatEvidence(await maskedFile(log)), { key: log.key });
  const [one] = verdict.masked;
  const masked = Array.from({ length: 13 }, (_, i) => ({ ...one!, path: `value/f${String(i)}` }));
  const steps = stepsOf({
    answer: { verdict: { ...verdict, masked }, compared: COMPARED },
    key: log.key,
    bytes: 1,
  });
  const { detail } = steps.find(({ title }) => title === TITLE)!;
  expect(detail.match(/value\/f\d+/g)).toHaveLength(10);
  expect(detail).toMatch(/; and 3 more$/);
});
