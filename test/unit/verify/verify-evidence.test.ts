/** The verifier against honest files, against servers that lie, and against one-bit changes of everything. */
import { describe, expect, test } from '@jest/globals';

import { verifyEvidence } from '../../../src/verify/index.js';
import { id } from '../../support/declarations.js';
import { evidenceCases, STORY } from '../../support/evidence-cases.js';
import { EvidenceDouble } from '../../support/evidence-double.js';
import { alteredFiles } from '../../support/evidence-flips.js';

const { key, cases } = await evidenceCases();
const log = new EvidenceDouble(STORY);

test.each(cases.map((item) => [item.name, item] as const))('%s', (_, { text, outcome, part, seen }) => {
  const verdict = verifyEvidence(text, { key, ...(seen === undefined ? {} : { seen }) });
  expect({ outcome: verdict.outcome, problems: verdict.problems.length }).toEqual({
    outcome,
    problems: part === undefined ? 0 : 1,
  });
  if (part !== undefined) expect(verdict.problems[0]!.part).toContain(part);
});

describe('what a verdict says', () => {
  test('what was proved, and what no file can prove', async () => {
    const verdict = verifyEvidence(await log.text(id('Prediction', 'decided')), { key });
    expect(verdict).toMatchObject({
      question: { of: id('Prediction', 'decided'), asOf: STORY.length },
      checkpoint: { origin: 'log.example/lineage', size: STORY.length, unchecked: [] },
      proved: { artifacts: 7, attestations: 4, entries: 11 },
      missing: [],
      withheld: [],
    });
    expect(verdict.unproved[0]).toMatch(/^not replayed: /);
  });

  test('how many values of which entry are withheld', async () => {
    const text = await log.text(id('Prediction', 'decided'), {
      may: { value: ({ subject }) => subject === undefined, edge: () => true, by: true },
    });
    expect(verifyEvidence(text, { key }).withheld).toEqual([
      { id: id('Prediction', 'decided'), values: 4, edges: 0 },
    ]);
  });

  test('what is missing and who named it', async () => {
    const text = await log.text(id('Prediction', 'decided'), { without: [id('Dataset', 'raw')] });
    expect(verifyEvidence(text, { key }).missing).toEqual([
      { id: id('Dataset', 'raw'), namedBy: [id('Dataset', 'read'), id('Prediction', 'decided')] },
    ]);
  });

  test('a key that is none is the caller’s mistake and no verdict', () => {
    expect(() => verifyEvidence('', { key: 'nobody' })).toThrow(/verifier key .* is required/);
  });
});

test('every one-bit change is found, and named', async () => {
  const seed = 11;
  const text = await log.text(id('Prediction', 'decided'), { since: 5 });
  const missed: string[] = [];
  let count = 0;
  for (const altered of alteredFiles(text, { seed, step: 12 })) {
    count += 1;
    const { outcome, problems } = verifyEvidence(altered.text, { key });
    const isFound = outcome === 'ALTERED' || outcome === 'UNREADABLE';
    const part = problems[0]?.part ?? '';
    if (!isFound || !isNamed(altered.where, part)) missed.push(`${altered.where}: ${outcome} ${part}`);
  }
  expect({ seed, missed }).toEqual({ seed, missed: [] });
  expect(count).toBeGreaterThan(1_000);
}, 120_000);

/** In which part a change is found: hashes bind parts to each other, so an entry's leaf may show in the proof. */
function isNamed(where: string, part: string): boolean {
  if (where.startsWith('byte')) return part !== '';
  if (/^entries\[\d+\]\.disclosures/.test(where)) return part.startsWith('entry ');
  if (where.startsWith('entries')) return /^(entry |proof)/.test(part);
  if (where.startsWith('answer')) return /^(answer|question)/.test(part);
  if (where.startsWith('question')) return /^(question|entry|checksum)/.test(part);
  return part.startsWith(where.split(/[.[]/)[0] as string);
}
