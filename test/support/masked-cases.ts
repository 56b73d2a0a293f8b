/** Evidence files with masked values: honest ones, and lies that are told with them. */
import { canonicalJson, type Json } from '../../src/domain/json.js';
import { formatEvidence, type EvidenceFile, type MaskedMember } from '../../src/verify/evidence-file.js';
import { id } from './declarations.js';
import type { EvidenceCase } from './evidence-case.js';
import { checksumOf, withMasked, type EvidenceDouble } from './evidence-double.js';

/** Index of the decision's entry in the story. */
const AT = 11;
const PART = `entry ${String(AT)}`;
const DECIDED = id('Prediction', 'decided');

const MASKED_INCOME: MaskedMember = {
  path: 'value/features/income',
  rules: [0],
  value: '{"value":"[0, 1000)"}',
};
const MASKED_ROW: MaskedMember = {
  path: `row/SCORED/${id('Dataset', 'raw')}`,
  rules: [2],
  value: '["9***"]',
};

/** The decision's evidence, its personal values withheld, two of them masked. */
export async function maskedFile(log: EvidenceDouble): Promise<EvidenceFile> {
  return withMasked(await withheldFile(log), { [AT]: [MASKED_INCOME, MASKED_ROW] });
}

async function withheldFile(log: EvidenceDouble, path?: string): Promise<EvidenceFile> {
  const value = (member: { path: string; subject?: string }): boolean =>
    path === undefined ? member.subject === undefined : member.path !== path;
  return log.file(DECIDED, { may: { value, edge: () => true, by: true } });
}

export async function maskedCases(log: EvidenceDouble): Promise<EvidenceCase[]> {
  const withheld = await withheldFile(log);
  const honest = await maskedFile(log);
  const saying = (...members: MaskedMember[]): string =>
    formatEvidence(withMasked(withheld, { [AT]: members }));
  return [
    { name: 'masked values', text: formatEvidence(honest), outcome: 'VERIFIED' },
    {
      name: 'another masked value than the mask leaves: still no more than asserted',
      text: saying({ ...MASKED_INCOME, value: '{"value":"[9000, 10000)"}' }),
      outcome: 'VERIFIED',
    },
    ...(await lies(log)),
    ...damaged(honest, withheld),
    ...(
      [
        ['a masked edge', [{ ...MASKED_INCOME, path: `edge/MADE_BY/${id('Model', 'scorer')}` }]],
        ['one value masked twice', [MASKED_INCOME, MASKED_INCOME]],
        ['a value masked by no rule', [{ ...MASKED_INCOME, rules: [] }]],
        ['an entry with a list of no masked values', []],
      ] as const
    ).map(([name, members]): EvidenceCase => ({
      name,
      text: saying(...members),
      outcome: 'ALTERED',
      part: PART,
    })),
  ];
}

async function lies(log: EvidenceDouble): Promise<EvidenceCase[]> {
  const whole = await log.file(DECIDED);
  const one = await withheldFile(log, 'value/explanation');
  const { path, value } = MASKED_INCOME;
  return [
    {
      name: 'a masked value as a disclosure of its own',
      text: formatEvidence(withDisclosure(await withheldFile(log), saltOf(whole, path), path, value)),
      outcome: 'ALTERED',
      part: PART,
    },
    {
      name: 'a masked value in the place of the disclosed one',
      text: formatEvidence(withDisclosure(await withheldFile(log, path), saltOf(whole, path), path, value)),
      outcome: 'ALTERED',
      part: PART,
    },
    {
      name: 'a value that is disclosed and masked as well',
      text: formatEvidence(withMasked(whole, { [AT]: [MASKED_INCOME] })),
      outcome: 'ALTERED',
      part: PART,
    },
    {
      name: 'more masked values than are withheld',
      text: formatEvidence(
        withMasked(one, {
          [AT]: ['explanation', 'notes'].map((field) => ({ ...MASKED_INCOME, path: `value/${field}` })),
        }),
      ),
      outcome: 'ALTERED',
      part: PART,
    },
  ];
}

/** Changed on the way, or of two versions at once. */
function damaged(honest: EvidenceFile, withheld: EvidenceFile): EvidenceCase[] {
  const { masking, entries } = honest;
  const other = entries.map(({ masked, ...entry }) =>
    masked ? { ...entry, masked: masked.map((member) => ({ ...member, value: '"x"' })) } : entry,
  );
  const without = Object.fromEntries(Object.entries(honest).filter(([name]) => name !== 'masking'));
  return [
    ['a masked value was changed', { ...honest, entries: other }, 'ALTERED', 'masking'],
    [
      'another profile',
      { ...honest, masking: { ...masking, profile: 'cd'.repeat(32) } },
      'ALTERED',
      'masking',
    ],
    ['version 2 without a masked value', withMasked(withheld, {}), 'ALTERED', 'masking'],
    ['version 2 without what was masked by', without, 'UNREADABLE', 'masking'],
    ['masked values in version 1', { ...honest, format: 'pedigree/evidence/1' }, 'UNREADABLE', 'entries['],
    [
      'what was masked by in version 1',
      { ...withheld, masking, checksum: checksumOf(withheld) },
      'UNREADABLE',
      'the file',
    ],
  ].map(
    ([name, file, outcome, part]) =>
      ({ name, text: formatEvidence(file as unknown as EvidenceFile), outcome, part }) as EvidenceCase,
  );
}

/** The salt with which the entry commits to a value. */
function saltOf({ entries }: EvidenceFile, path: string): string {
  const opened = (entries.find(({ index }) => index === AT)?.disclosures ?? []).map(
    (text) => JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [string, string, Json],
  );
  return opened.find(([, at]) => at === path)![0];
}

function withDisclosure(file: EvidenceFile, salt: string, path: string, value: string): EvidenceFile {
  const said = Buffer.from(canonicalJson([salt, path, JSON.parse(value) as Json])).toString('base64url');
  const entries = file.entries.map((entry) =>
    entry.index === AT ? { ...entry, disclosures: [...entry.disclosures, said] } : entry,
  );
  return { ...file, entries };
}
