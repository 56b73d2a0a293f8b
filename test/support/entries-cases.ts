/** Evidence files about entries by themselves, honest and not. */
import { formatEvidence, type EvidenceFile } from '../../src/verify/evidence-file.js';
import { id } from './declarations.js';
import type { EvidenceCase } from './evidence-case.js';
import { checksumOf, type EvidenceDouble } from './evidence-double.js';

/** Artifacts, and attestations about one of them and about one that is not here. */
const NAMED = [
  ...[id('Dataset', 'raw'), id('Model', 'scorer'), id('Prediction', 'decided')],
  ...[id('Attestation', 'approve'), id('Attestation', 'bind2')],
];

export async function entriesCases(log: EvidenceDouble): Promise<EvidenceCase[]> {
  const file = await log.entriesFile(NAMED);
  const forged = (change: Partial<EvidenceFile>): string => {
    const other = { ...file, ...change };
    return formatEvidence({ ...other, checksum: checksumOf(other) });
  };
  const { answer, question, entries } = file;
  const reader = {
    value: ({ subject }: { subject?: string }) => subject === undefined,
    edge: () => true,
    by: true,
  };
  const blind = { value: () => true, edge: () => false, by: true };
  const [attested, ...others] = answer.attestations;
  return [
    { name: 'entries by themselves', text: formatEvidence(file), outcome: 'VERIFIED' },
    {
      name: 'entries without personal values',
      text: formatEvidence(await log.entriesFile(NAMED, reader)),
      outcome: 'VERIFIED',
    },
    {
      name: 'entries without their edges',
      text: formatEvidence(await log.entriesFile(NAMED, blind)),
      outcome: 'INCOMPLETE',
    },
    {
      name: 'an entry that is claimed and not there',
      text: forged({
        answer: {
          ...answer,
          artifacts: [{ id: id('Dataset', 'nowhere'), depth: 0, leafIndex: 1 }, ...answer.artifacts],
        },
      }),
      ...{ outcome: 'ALTERED', part: 'answer.artifacts[0]' },
    },
    {
      name: 'an entry that is there and not claimed',
      text: forged({ answer: { ...answer, artifacts: answer.artifacts.slice(1) } }),
      ...{ outcome: 'ALTERED', part: 'answer.artifacts[0]' },
    },
    {
      name: 'an attestation that is told to be of another type',
      text: forged({ answer: { ...answer, attestations: [{ ...attested!, type: 'INCIDENT' }, ...others] } }),
      ...{ outcome: 'ALTERED', part: 'answer.attestations[0]' },
    },
    {
      name: 'entries that are told to be an ancestry',
      text: forged({ question: { ...question, ask: 'ancestry' } }),
      ...{ outcome: 'ALTERED', part: 'question' },
    },
    {
      name: 'an entry that was left out of the file',
      text: forged({ entries: entries.slice(1) }),
      ...{ outcome: 'ALTERED', part: 'proof' },
    },
    {
      name: 'what nobody can ask',
      text: formatEvidence({ ...file, question: { ...question, ask: 'everything' as 'entries' } }),
      ...{ outcome: 'UNREADABLE', part: 'question.ask' },
    },
  ];
}
