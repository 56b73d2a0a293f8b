/**
 * The logged events of one model in a window of time, with what shows that the log was not changed since (EU AI Act,
 * Articles 12, 19 and 26(6)).
 */
import type { Ancestry, AttestedFact } from '../../lineage/ancestry.js';
import type { ConsistencyProof } from '../../store/log-reader.js';
import { byHappening } from '../../store/happening-order.js';
import type { StoredProps } from '../../store/stored-values.js';
import { attestedStatement } from './attested.js';
import {
  counted,
  fieldOf,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** The entries that were recorded in the window: leaf indexes from `begin` up to but not including `end`. */
export interface LoggedRange {
  readonly begin: number;
  readonly end: number;
  /** That the log at the end begins with the log at the beginning; undefined where that was empty. */
  readonly proof: ConsistencyProof | undefined;
  /** Entries of the range that no signed head covers yet. */
  readonly unsigned: number;
}

export interface EventLog {
  readonly ancestry: Ancestry;
  /** Milliseconds since the epoch; `to` is excluded. */
  readonly window: { readonly from: number | undefined; readonly to: number | undefined };
  readonly range: LoggedRange;
  /** The first decisions of the window, by the time of deciding. */
  readonly decisions: readonly StoredProps[];
  /** How many the model made in it. */
  readonly total: number;
}

export function eventLog(log: EventLog): ReportBody {
  const { ancestry, range, decisions, total } = log;
  const within = ({ occurredAt }: StoredProps): boolean =>
    typeof occurredAt === 'number' &&
    occurredAt >= (log.window.from ?? 0) &&
    occurredAt < (log.window.to ?? Infinity);
  const declared = [...ancestry.nodes.values()].filter((props) => props.declared === true && within(props));
  const attested = ancestry.attestations.filter(({ props }) => within(props));
  return {
    title: `Event log of ${ancestry.id}`,
    asks: 'EU AI Act, Articles 12, 19 and 26(6): the logged events of this system in this window, unaltered and without gaps.',
    sections: [
      { title: 'The window', statements: windowOf(log) },
      { title: 'The log in the window', statements: rangeStatements(range) },
      { title: 'Declared', statements: declared.toSorted(byHappening).map(declaredStatement) },
      {
        title: 'Attested',
        statements: attested.toSorted((a, b) => byHappening(a.props, b.props)).map(attestedStatement),
      },
      { title: 'Decisions, in the order of deciding', statements: decisions.map(decisionStatement) },
    ],
    gaps: gapsOf(log, total - decisions.length),
  };
}

function windowOf({ ancestry, window, total }: EventLog): Statement[] {
  const edge = (at: number | undefined, open: string): string => (at === undefined ? open : timeText(at));
  return [
    statement(
      'Events that happened',
      `from ${edge(window.from, 'the beginning')} until before ${edge(window.to, 'now')}`,
    ),
    statement('Decisions of this model in the window', counted(total, 'decision'), ancestry.root),
  ];
}

function rangeStatements({ begin, end, proof }: LoggedRange): Statement[] {
  if (begin >= end) return [statement('Recorded', 'No entry of any kind was recorded in the window.')];
  const text = `${counted(end - begin, 'entry', 'entries')} of all systems, with the positions ${String(begin)} to ${String(end - 1)}, each once`;
  return [statement('Recorded', text), ...(proof ? proofStatements(proof) : [])];
}

function proofStatements({ from, to, fromRoot, toRoot, hashes }: ConsistencyProof): Statement[] {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return [
    statement('Root at the beginning', `${base64(fromRoot)} over ${String(from)} entries`),
    statement('Root at the end', `${base64(toRoot)} over ${String(to)} entries`),
    statement(
      'Proof that the one extends the other (RFC 6962, 2.1.2)',
      hashes.map(base64).join(' ') || 'no hash is needed',
    ),
  ];
}

function declaredStatement(props: StoredProps): Statement {
  return statement(
    'Declared',
    `${String(props.id)}, of ${timeText(props.occurredAt)}, ${recorded(props)}`,
    props,
  );
}

function decisionStatement(props: StoredProps): Statement {
  const said = (['outcome', 'score', 'mode', 'endpoint'] as const).flatMap((name) => {
    const value = fieldOf(props, name);
    return value === undefined
      ? []
      : [`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });
  return statement(
    timeText(props.occurredAt),
    [String(props.id), ...said, recorded(props)].join(', '),
    props,
  );
}

function recorded({ recordedAt, by }: StoredProps): string {
  return `recorded ${timeText(recordedAt)} by ${String(by)}`;
}

function gapsOf({ ancestry, range, total, decisions }: EventLog, more: number): ReportGap[] {
  const model = ancestry.root;
  const unended = runsWithoutEnd(ancestry);
  return [
    ...(more > 0
      ? [
          gap(
            'Which are the other decisions?',
            `${counted(more, 'decision')} of ${String(total)} are not listed; pedigree impact ${ancestry.id} --decisions --limit all lists them.`,
            model,
          ),
        ]
      : []),
    ...(range.unsigned > 0
      ? [
          gap(
            'Are the newest entries signed?',
            `Not yet: ${String(range.unsigned)} wait for the next signed head; ask again in a second.`,
          ),
        ]
      : []),
    ...unended.map((props) => gap('How did this run end?', 'Nobody told.', props)),
    ...(ancestry.truncated
      ? [
          gap(
            'Is that all that is upstream?',
            'No: it is larger than a report holds; export the lineage.',
            model,
          ),
        ]
      : []),
    ...(decisions.length === 0 && total === 0
      ? [gap('What did it decide?', 'No decision of the window was declared.', model)]
      : []),
    gap(
      'Was everything declared that happened?',
      'A log shows that nothing which was recorded is altered or missing. What nobody declared, it cannot show.',
    ),
  ];
}

function runsWithoutEnd(ancestry: Ancestry): StoredProps[] {
  const ended = (facts: readonly AttestedFact[]): Set<string> =>
    new Set(
      facts
        .filter(({ props }) => ['COMPLETED', 'FAILED', 'ABORTED'].includes(String(fieldOf(props, 'state'))))
        .flatMap(({ about }) => about),
    );
  const known = ended(ancestry.attestations);
  return [...ancestry.nodes.values()].filter(
    ({ id, declared }) => declared === true && String(id).startsWith('transform:') && !known.has(String(id)),
  );
}
