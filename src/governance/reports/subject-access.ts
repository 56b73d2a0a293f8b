/** Everything that is kept about one person (GDPR Article 15), from what the person's keys sealed. */
import type { Access } from '../access-log-service.js';
import { openValues, type PersonalValue, type StoredProps } from '../../store/stored-values.js';
import {
  counted,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** A value of the person as this reader sees it. */
export type KeptValue = PersonalValue | { readonly state: 'WITHHELD' };

/** One declaration or attestation that has values of the person. */
export interface KeptItem {
  readonly props: StoredProps;
  /** The person's own values by their paths; other people's on the same entry are not among them. */
  readonly values: ReadonlyMap<string, KeptValue>;
  /** For a decision, the model that made it and the data sets that it was made from. */
  readonly model: string | undefined;
  readonly data: readonly string[];
}

export interface Kept {
  /** The name that was asked about. */
  readonly subject: string;
  readonly items: readonly KeptItem[];
  readonly more: boolean;
  /** The models and data sets, by id. */
  readonly nodes: ReadonlyMap<string, StoredProps>;
  readonly accesses: readonly Access[];
  readonly moreAccesses: boolean;
  /** How many keys the person had, and how many of them were destroyed. */
  readonly keys: number;
  readonly erasedKeys: number;
}

export function subjectAccess(kept: Kept): ReportBody {
  const { subject, items, nodes, accesses } = kept;
  const used = (ids: readonly string[]): StoredProps[] =>
    [...new Set(ids)].map((id) => nodes.get(id) ?? { id });
  return {
    title: `What is kept about ${subject}`,
    asks: 'GDPR Article 15: which personal data is processed, for what, from where, and who has seen it.',
    sections: [
      { title: 'In all', statements: summary(kept) },
      { title: 'What is kept', statements: items.flatMap(itemStatements) },
      { title: 'Purposes', statements: used(items.flatMap(({ model }) => model ?? [])).map(purpose) },
      {
        title: 'Data that decisions were made from',
        statements: used(items.flatMap(({ data }) => data)).map(source),
      },
      { title: 'Who has read it', statements: accesses.map(access) },
    ],
    gaps: gapsOf(kept),
  };
}

function summary({ items, keys, erasedKeys }: Kept): Statement[] {
  if (keys === 0) return [statement('Kept', 'Nothing was ever kept under this name.')];
  const decisions = items.filter(({ props }) => String(props.id).startsWith('prediction:')).length;
  return [
    statement(
      'Kept',
      `${counted(items.length, 'entry', 'entries')}, ${counted(decisions, 'decision')} among them`,
    ),
    ...(erasedKeys > 0
      ? [
          statement(
            'Erased',
            `${counted(erasedKeys, 'key')} destroyed, with every value that they had sealed`,
          ),
        ]
      : []),
  ];
}

/** What is open is of the person, too: the entry is about the person. */
function itemStatements({ props, values }: KeptItem): Statement[] {
  const open = [...openValues(props)].map(([path, value]) => `${labelOf(path)} ${text(value)}`);
  const about = `${timeText(props.occurredAt)}, recorded ${timeText(props.recordedAt)} by ${String(props.by)}`;
  return [
    statement(String(props.id), [about, ...open].join('; '), props),
    ...[...values].map(([path, value]) =>
      statement(labelOf(path), value.state === 'OPEN' ? value.value : value.state.toLowerCase(), props),
    ),
  ];
}

/** `value/features/lvr` → feature lvr */
function labelOf(path: string): string {
  return path
    .replace(/^value\/features\//, 'feature ')
    .replace(/^value\/subjects\/\d+$/, 'name')
    .replace(/^row\/\w+\//, 'row of ')
    .replace(/^value\//, '');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function purpose(model: StoredProps): Statement {
  const use = openValues(model).get('value/intendedUse');
  return statement(String(model.id), use ?? 'its purpose was not declared', model);
}

function source(data: StoredProps): Statement {
  const values = openValues(data);
  const facts = ['description', 'location', 'owner'].flatMap((name) => {
    const value = values.get(`value/${name}`);
    return value === undefined ? [] : [`${name} ${text(value)}`];
  });
  return statement(String(data.id), facts.join('; ') || 'nothing is declared about it', data);
}

/** A read is a record of the access log, not of the log that the references lead to. */
function access({ id, recordedAt, said, artifacts }: Access): Statement {
  const by = said.get('value/holder') ?? said.get('value/principal');
  const why = said.get('value/purpose');
  return statement(
    timeText(recordedAt),
    `${text(by)}${why === undefined ? '' : `, for: ${text(why)}`}; ${artifacts.join(', ')}; record ${id} of the access log`,
  );
}

function gapsOf({ items, more, moreAccesses, nodes }: Kept): ReportGap[] {
  const withheld = items
    .flatMap(({ values }) => [...values.values()])
    .filter(({ state }) => state === 'WITHHELD').length;
  const lost = items.filter(({ values }) => [...values.values()].some(({ state }) => state === 'KEY_LOST'));
  const aimless = [...nodes.values()].filter(
    (props) => String(props.id).startsWith('model:') && !openValues(props).has('value/intendedUse'),
  );
  return [
    ...(withheld > 0
      ? [
          gap(
            'What are these values?',
            `${counted(withheld, 'value')} withheld: they need the scope READ_PERSONAL, or are kept for a duty's purpose alone (docs/retention.md).`,
          ),
        ]
      : []),
    ...lost.map(({ props }) =>
      gap('What is this value?', 'Its key is lost: the operator has to act.', props),
    ),
    ...aimless.map((props) =>
      gap('What was it decided for?', 'The model does not declare intendedUse.', props),
    ),
    ...(more ? [gap('Is that all?', `No: a report holds ${String(items.length)} entries.`)] : []),
    ...(moreAccesses
      ? [gap('Who else has read it?', 'A report holds the newest 1,000 reads; subjectAccesses has all.')]
      : []),
    gap(
      'What lies in the data sets themselves?',
      'Pedigree holds none of their rows: look where they lie, by the row keys.',
    ),
    gap('For how long, and which rights are there?', 'Article 15(1)(d) to (f): kept elsewhere.'),
  ];
}
