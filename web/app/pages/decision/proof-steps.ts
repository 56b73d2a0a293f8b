/** A verdict as the steps that led to it, in the order in which the verifier takes them (docs/evidence.md). */
import type { Verdict } from '../../../../src/verify/index.js';
import { countOf, showCount } from '../../parts/number.js';
import type { Compared, Verified } from './verified.js';

export interface ProofStep {
  readonly title: string;
  readonly detail: string;
  /** `unreached` comes after a step that failed. */
  readonly state: 'good' | 'bad' | 'warn' | 'unreached';
}

/** Which step a problem belongs to, by the part of the file that it names; of the last otherwise. */
const PARTS: readonly RegExp[] = [
  /^the file$|^format/,
  /^checkpoint|^consistency|^question/,
  /^entry /,
  /^proof/,
  /./,
];

export function stepsOf({ answer, key, bytes }: Verified): ProofStep[] {
  if (!('verdict' in answer))
    return [{ title: 'The log’s key can be read', detail: answer.failure, state: 'bad' }];
  const { verdict, compared } = answer;
  const [problem] = verdict.problems;
  const failed = problem ? PARTS.findIndex((part) => part.test(problem.part)) : PARTS.length;
  const texts = detailsOf(verdict, key, bytes);
  const steps = TITLES.map((title, i): ProofStep => {
    if (i < failed) return { title, detail: texts[i] ?? '', state: 'good' };
    if (i > failed || !problem) return { title, detail: 'not reached', state: 'unreached' };
    return { title, detail: `${problem.part}: ${problem.message}`, state: 'bad' };
  });
  return compared ? [...steps, gapStep(verdict), ...maskedStep(verdict), pageStep(compared)] : steps;
}

const TITLES = [
  'The file has the known form',
  'The head of the log is signed',
  'Each entry is what was declared',
  'All entries are in the signed tree',
  'The ancestry follows from the entries',
] as const;

function detailsOf({ checkpoint, proved }: Verdict, key: string, bytes: number): string[] {
  return [
    `${showCount(bytes)} bytes, read strictly`,
    `${showCount(checkpoint?.size ?? 0)} entries, by ${key.split('+')[0] ?? 'the log'}`,
    `${countOf(proved?.values ?? 0, ['disclosed value fits', 'disclosed values fit'])} the digests in ${countOf(proved?.entries ?? 0, ['entry', 'entries'])}`,
    'one shared inclusion proof leads to the signed root',
    `${countOf(proved?.artifacts ?? 0, ['artifact', 'artifacts'])}, ${countOf(proved?.edges ?? 0, ['edge', 'edges'])} and ${countOf(proved?.attestations ?? 0, ['attestation', 'attestations'])}`,
  ];
}

function gapStep({ outcome, missing, withheld, asserted }: Verdict): ProofStep {
  const title = 'Nothing of the ancestry is missing';
  const values = withheld.reduce((sum, { values: count }) => sum + (count ?? 0), 0);
  const hidden =
    values === 0
      ? ''
      : `; ${countOf(values, ['value is', 'values are'])} withheld from you, and the proof holds without`;
  if (outcome === 'VERIFIED') return { title, detail: `every cause has its entry${hidden}`, state: 'good' };
  const gaps = [
    ...missing.map(({ id }) => `${id} was never declared`),
    ...asserted.map(({ reason }) => reason),
  ];
  return { title, detail: gaps.join('; ') || `some edges are withheld${hidden}`, state: 'warn' };
}

/** Most masked values that are shown; the rest is counted. */
const MAX_MASKED = 10;

/** A step only where something was masked: what a mask left is not what the entry commits to. */
function maskedStep({ masked }: Verdict): ProofStep[] {
  if (masked.length === 0) return [];
  const shown = masked.slice(0, MAX_MASKED).map(({ path, value }) => `${path} is ${value}`);
  const rest = masked.length - shown.length;
  const more = rest === 0 ? '' : `; and ${showCount(rest)} more`;
  return [
    {
      title: 'Masked values are the server’s word',
      detail: `asserted, not proved: ${shown.join('; ')}${more}`,
      state: 'warn',
    },
  ];
}

function pageStep({ same, unstated, different }: Compared): ProofStep {
  const title = 'This page shows what was proved';
  if (different.length > 0)
    return { title, detail: `the page shows something else: ${different.join('; ')}`, state: 'bad' };
  const rest = unstated === 0 ? '' : `; ${showCount(unstated)} more are not in the file`;
  return {
    title,
    detail: `${countOf(same, ['value', 'values'])} compared, all the same${rest}`,
    state: same > 0 ? 'good' : 'warn',
  };
}
