/** A verdict for people: what was proved, asserted, withheld and missing, and what no file can prove. */
import type { EvidenceQuestion, Verdict } from '../verify/index.js';

const HEADLINES: Readonly<Record<Verdict['outcome'], string>> = {
  VERIFIED: 'VERIFIED: the whole ancestry is proved.',
  ALTERED: 'ALTERED: something here is not what was declared, signed or asked.',
  INCOMPLETE: 'INCOMPLETE: what is here is proved, but part of the ancestry is not here.',
  UNREADABLE: 'UNREADABLE: this is no evidence file that can be checked.',
};

const ENTRIES_PROVED = 'VERIFIED: every entry here is in the signed log as it was declared.';
const ASKED: Readonly<Record<EvidenceQuestion['ask'], string>> = {
  ancestry: 'the ancestry of',
  entries: 'the entries of',
};

/** Most lines of one list; the rest is counted. `--json` has all of them. */
const MAX_LINES = 20;

export function tellVerdict(verdict: Verdict): string {
  const { outcome, problems, question, checkpoint, proved } = verdict;
  const { missing, withheld, masked, asserted, unproved } = verdict;
  const lines = [
    outcome === 'VERIFIED' && question?.ask === 'entries' ? ENTRIES_PROVED : HEADLINES[outcome],
    ...problems.map(({ part, message }) => `  ${part}: ${message}`),
    ...(question
      ? [`asked      ${ASKED[question.ask]} ${question.of}, as of tree size ${String(question.asOf)}`]
      : []),
    ...(checkpoint
      ? [
          `checkpoint ${checkpoint.origin}, ${String(checkpoint.size)} entries, signature right${witnesses(checkpoint)}`,
        ]
      : []),
    ...(proved ? [`proved     ${sentence(proved)}`] : []),
    ...list(
      'missing',
      missing,
      ({ id, namedBy }) => `${id}, named by ${namedBy.join(', ')}: it has no entry here`,
    ),
    ...list(
      'asserted',
      asserted,
      ({ id, of, reason }) => `${id}, a cause of ${of} (${reason}): the server’s word`,
    ),
    ...list('asserted', masked, tellMasked),
    ...list(
      'withheld',
      withheld,
      ({ id, values, edges }) => `${id}: ${counted(values, 'values')}${counted(edges, 'edges')}`,
    ),
    ...list('not proved', unproved, (text) => text),
  ];
  return `${lines.join('\n')}\n`;
}

function witnesses({ unchecked }: NonNullable<Verdict['checkpoint']>): string {
  return unchecked.length === 0 ? '' : `; not checked: signatures of ${unchecked.join(', ')}`;
}

function sentence(proved: NonNullable<Verdict['proved']>): string {
  const { entries, artifacts, edges, attestations, values, recordedUpTo } = proved;
  return (
    `${String(artifacts)} artifacts, ${String(edges)} edges, ${String(attestations)} attestations and ${String(values)} ` +
    `values, by ${String(entries)} entries recorded up to ${new Date(recordedUpTo).toISOString()}`
  );
}

function tellMasked({ id, path, value, profile, rules }: Verdict['masked'][number]): string {
  const by = `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')} of the redaction profile ${profile}`;
  return `${id}: ${path} is ${value}, by ${by}: asserted, not proved`;
}

function counted(count: number | null, what: string): string {
  if (count === 0) return '';
  return count === null ? `all ${what}, not even counted; ` : `${String(count)} ${what}; `;
}

function list<T>(title: string, items: readonly T[], tell: (item: T) => string): string[] {
  const shown = items.slice(0, MAX_LINES).map((item) => `${title.padEnd(11)}${tell(item)}`);
  const rest = items.length - shown.length;
  return rest === 0 ? shown : [...shown, `${title.padEnd(11)}… and ${String(rest)} more (--json lists all)`];
}
