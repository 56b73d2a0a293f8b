/** The verifier against honest files, against servers that lie, and against one-bit changes of everything. */
import { describe, expect, test } from '@jest/globals';

import { tellVerdict } from '../../../src/cli/tell-verdict.js';
import { formatEvidence } from '../../../src/verify/evidence-file.js';
import { verifyEvidence } from '../../../src/verify/index.js';
import { id } from '../../support/declarations.js';
import { evidenceCases, STORY } from '../../support/evidence-cases.js';
import { EvidenceDouble, MASKED_BY } from '../../support/evidence-double.js';
import { alteredFiles } from '../../support/evidence-flips.js';
import { maskedFile } from '../../support/masked-cases.js';

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

  test('what is asserted of masked values, which are withheld and never proved', async () => {
    const [withheld, masked] = await Promise.all([
      log.text(id('Prediction', 'decided'), {
        may: { value: ({ subject }) => subject === undefined, edge: () => true, by: true },
      }),
      maskedFile(log),
    ]);
    const verdict = verifyEvidence(formatEvidence(masked), { key });
    const said = { id: id('Prediction', 'decided'), profile: MASKED_BY };
    expect(verdict).toEqual({
      ...verifyEvidence(withheld, { key }),
      masked: [
        { ...said, path: 'value/features/income', value: '{"value":"[0, 1000)"}', rules: [0] },
        { ...said, path: `row/SCORED/${id('Dataset', 'raw')}`, value: '["9***"]', rules: [2] },
      ],
    });
    const lines = tellVerdict(verdict).split('\n');
    expect(lines).toContain(
      `asserted   ${said.id}: value/features/income is {"value":"[0, 1000)"}, by rule 0 of the redaction profile ${MASKED_BY}: asserted, not proved`,
    );
    expect(lines.filter((line) => line.endsWith(': asserted, not proved'))).toHaveLength(2);
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

test('every one-bit change of what is masked is found, and named', async () => {
  const text = formatEvidence(await maskedFile(log));
  const isAboutMasks = ({ where }: { where: string }): boolean => where.includes('mask');
  // No step over the bytes: the members are what is of interest here.
  const altered = [1, 2, 3, 4].flatMap((seed) =>
    [...alteredFiles(text, { seed, step: 2 ** 30 })].filter(isAboutMasks),
  );
  const missed = altered.flatMap(({ where, text: changed }) => {
    const { outcome, problems } = verifyEvidence(changed, { key });
    const isNamed = outcome === 'ALTERED' && /^(masking|entry 11)$/.test(problems[0]?.part ?? '');
    return isNamed ? [] : [`${where}: ${outcome} ${problems[0]?.part ?? ''}`];
  });
  expect(missed).toEqual([]);
  expect(altered).toHaveLength(4 * 8);
});

/** In which part a change is found: hashes bind parts to each other, so an entry's leaf may show in the proof. */
function isNamed(where: string, part: string): boolean {
  if (where.startsWith('byte')) return part !== '';
  if (/^entries\[\d+\]\.disclosures/.test(where)) return part.startsWith('entry ');
  if (where.startsWith('entries')) return /^(entry |proof)/.test(part);
  if (where.startsWith('answer')) return /^(answer|question)/.test(part);
  if (where.startsWith('question')) return /^(question|entry|checksum)/.test(part);
  return part.startsWith(where.split(/[.[]/)[0] as string);
}
