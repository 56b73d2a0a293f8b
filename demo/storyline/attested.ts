/** What was attested, in one line each. */
import type { Json } from '../../src/sdk/index.js';
import { dayOf, nameOf, numberText } from './words.js';
import type { TextTree } from './text-tree.js';
import type { TracedAttestation } from './trace-query.js';

interface ColumnCheck {
  readonly passed: boolean;
  readonly column: string;
  readonly rule: string;
  readonly samples?: readonly (readonly number[])[];
}

type Fields = TracedAttestation['attestation']['fields'];

interface Summary {
  readonly text: string;
  readonly details?: readonly string[];
}

const SUMMARIES: Readonly<Record<string, (fields: Fields) => Summary>> = {
  CONTRACT_CHECK: contractCheck,
  APPROVED: ({ decision, approver, basis }) => ({
    text: `${decision === 'APPROVED' ? '' : 'NOT '}by ${words(approver)}`,
    ...(basis === undefined ? {} : { details: [words(basis)] }),
  }),
  DEPLOYED: ({ endpoint }) => ({ text: `at ${words(endpoint)}` }),
  RATIONALE: ({ author, text }) => ({ text: `by ${words(author)}`, details: [words(text)] }),
  INCIDENT: ({ title, severity, status }) => ({
    text: `${words(title)} (${words(severity)}, ${words(status)})`,
  }),
  DRIFT: ({ feature, value, threshold }) => ({
    text: `${words(feature)}: ${numberText(Number(value))}, limit ${numberText(Number(threshold))}`,
  }),
};

/** Oldest first. Left out: what runs said about themselves, which their steps show, and features that did not drift. */
export function attestedTree(attestations: readonly TracedAttestation[]): TextTree {
  const shown = attestations.filter(
    ({ attestation: { type, fields } }) =>
      type !== 'SUPPLEMENTS' && !(type === 'DRIFT' && fields.drifted === false),
  );
  return { text: 'attested', children: shown.map(attestedBranch) };
}

function attestedBranch({ attestation: { type, occurredAt, fields }, about }: TracedAttestation): TextTree {
  const { text, details = [] } = SUMMARIES[type]?.(fields) ?? { text: '' };
  return {
    text: `${dayOf(occurredAt)}  ${`${type} ${text}`.trim()}  (${about.map(nameOf).join(', ')})`,
    children: details.map((detail) => ({ text: detail })),
  };
}

function contractCheck({ contract, passed, rowsChecked, checks }: Fields): Summary {
  const result = passed === true ? 'passed' : 'FAILED';
  return {
    text: `${result}, ${numberText(Number(rowsChecked))} rows checked: ${words(contract)}`,
    details: (checks as unknown as readonly ColumnCheck[])
      .filter((one) => !one.passed)
      .map(
        ({ column, rule, samples = [] }) => `${column} is not ${rule} in row ${samples.flat().join(', ')}`,
      ),
  };
}

function words(value: Json | undefined): string {
  if (value === undefined) return 'nobody';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
