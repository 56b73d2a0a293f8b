/** A certificate of erasure to read: what was erased, and what remains and why (GDPR Article 17). */
import type { Cut, ErasureCertificate } from '../certificates.js';
import {
  counted,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

export function erasureReport(certificate: ErasureCertificate): ReportBody {
  const { id, erased, remains, entries } = certificate;
  return {
    title: `Certificate of erasure ${id}`,
    asks: 'GDPR Article 17: what was erased, and what remains.',
    sections: [
      { title: 'The erasure', statements: erasure(certificate) },
      {
        title: 'What was erased, by where it stood',
        statements: erased.byPath.map(({ path, count }) =>
          statement(path, counted(count, 'value'), ...entries),
        ),
      },
      {
        title: 'Entries that had values of the person',
        statements: erased.items.items.map((item) => statement(item.id, item.paths.join(', '), ...entries)),
      },
      {
        title: 'Data sets that rows of the person may lie in',
        statements: remains.datasets.items.map((set) =>
          statement(set.id, set.location ?? 'its location was not declared', { id: set.id }),
        ),
      },
      {
        title: 'Models that may have learnt from them',
        statements: remains.models.items.map((model) => statement('Model', model, { id: model })),
      },
      { title: 'What remains, and why', statements: left(certificate) },
    ],
    gaps: gapsOf(certificate),
  };
}

function erasure({
  basis,
  requestedBy,
  requestedAt,
  completedAt,
  generation,
  erased,
  entries,
}: ErasureCertificate): Statement[] {
  return [
    statement('Basis', basis, ...entries),
    statement('Asked for', `${timeText(requestedAt)} by ${requestedBy}`),
    statement('Complete', timeText(completedAt), ...entries),
    ...(generation === undefined
      ? []
      : [statement('Key destroyed', `number ${String(generation)} of the person`)]),
    statement(
      'Erased',
      `${counted(erased.members, 'value')} of ${counted(erased.artifacts, 'artifact')} and ${counted(erased.attestations, 'attestation')}`,
      ...entries,
    ),
  ];
}

function left({ remains }: ErasureCertificate): Statement[] {
  return [
    ...remains.summaries.map(({ type, count }) =>
      statement(type, `${String(count)} about these data sets and models: sums, of no single person`),
    ),
    ...remains.statements.map((words) => statement('By construction', words)),
  ];
}

function gapsOf({ erased, remains, entries }: ErasureCertificate): ReportGap[] {
  const cut = (list: Cut<unknown>, question: string): ReportGap[] =>
    list.truncated
      ? [
          gap(
            question,
            `The first ${String(list.items.length)} are listed; the entries in the log have all.`,
            ...entries,
          ),
        ]
      : [];
  return [
    ...(entries.length === 0
      ? [gap('What was erased?', 'The key had sealed nothing, so the log has no entry of it.')]
      : []),
    ...(erased.withoutDigest > 0
      ? [
          gap(
            'Can every entry be made again?',
            `Not ${String(erased.withoutDigest)}: their key was gone before the digest could be kept.`,
            ...entries,
          ),
        ]
      : []),
    ...cut(erased.items, 'Which other entries?'),
    ...cut(remains.datasets, 'Which other data sets?'),
    ...(remains.models.truncated
      ? [gap('Which other models?', `The first ${String(remains.models.items.length)} are listed.`)]
      : []),
    gap('Were the rows erased where they lie?', 'Pedigree holds none of them and cannot tell.'),
  ];
}
