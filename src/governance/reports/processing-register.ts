/** What personal data is processed, for what, and who receives it: the register of processing (GDPR Article 30(1)), as far as lineage knows it. */
import type { Classification } from '../../domain/kinds.js';
import type { Dependency } from '../../store/estate-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import type { Estate } from './model-inventory.js';
import {
  counted,
  fieldOf,
  gap,
  statement,
  textOf,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** Somebody outside to whom a part of the graph is or was open. */
export interface Recipient {
  readonly holder: string;
  readonly purpose: string;
  readonly personal: boolean;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
  /** The record of the access log that says so. */
  readonly record: string;
}

export interface Processing {
  readonly estate: Estate;
  /** Undefined where the reader may not know of grants. */
  readonly recipients: readonly Recipient[] | undefined;
  /** True if there are more recipients. */
  readonly moreRecipients: boolean;
}

const PERSONAL: readonly Classification[] = ['PERSONAL', 'SPECIAL'];

export function processingRegister(processing: Processing): ReportBody {
  const { estate, recipients } = processing;
  const data = estate.dependencies.flatMap((each) => personalData(estate, each));
  const purposes = estate.models.filter((model) => uses(estate, data, model));
  return {
    title: `Register of processing of ${estate.of}`,
    asks: 'GDPR Article 30(1): the purposes of processing, the categories of personal data, the recipients, time limits and safeguards.',
    sections: [
      {
        title: 'Purposes: models that decide about people or depend on personal data',
        statements: purposes.map((model) => purpose(estate, data, model)),
      },
      {
        title: 'Categories of personal data',
        statements: data.map(({ text, props, dependency }) =>
          statement(`${dependency.kind} ${dependency.namespace}/${dependency.name}`, text, props),
        ),
      },
      { title: 'Recipients outside', statements: (recipients ?? []).map(recipient) },
      { title: 'Safeguards', statements: SAFEGUARDS.map(([label, text]) => statement(label, text)) },
    ],
    gaps: gapsOf(processing, purposes, data.length),
  };
}

const SAFEGUARDS = [
  [
    'Encryption',
    'Personal values are kept as ciphertext only, each person under a key of their own, which lies outside the database.',
  ],
  [
    'Erasure',
    'Destroying the key erases the values in every copy of the database; a certificate says what remains (docs/erasure.md).',
  ],
  [
    'Accountability',
    'Each read of personal values is recorded in an append-only log before it is answered (docs/access-log.md).',
  ],
] as const;

/** What Article 30 asks for and no declaration has a field for. */
const NOT_KEPT = [
  ['Who is the controller, and who the data protection officer?', 'Article 30(1)(a): kept elsewhere.'],
  ['Which categories of people?', 'Article 30(1)(c): declarations name people and do not sort them.'],
  ['Is data transferred to third countries?', 'Article 30(1)(e): kept elsewhere.'],
  ['When is it erased?', 'Article 30(1)(f): time limits are kept elsewhere; what was erased is in the log.'],
] as const;

interface PersonalData {
  readonly dependency: Dependency;
  readonly props: StoredProps;
  readonly text: string;
}

function personalData({ nodes }: Estate, dependency: Dependency): PersonalData[] {
  const props = nodes.get(dependency.newest);
  const classification = fieldOf(props, 'classification');
  const columns = personalColumns(props);
  if (props === undefined || (!PERSONAL.includes(classification as Classification) && columns.length === 0))
    return [];
  const said = [
    `classified ${typeof classification === 'string' ? classification : 'by column only'}`,
    ...(columns.length > 0 ? [`columns ${columns.join(', ')}`] : []),
    ...(['location', 'owner'] as const).flatMap((name) => {
      const value = fieldOf(props, name);
      return typeof value === 'string' ? [`${name} ${value}`] : [];
    }),
    `used by ${counted(dependency.models.length, 'model')}`,
  ];
  return [{ dependency, props, text: said.join('; ') }];
}

function personalColumns(props: StoredProps | undefined): string[] {
  const schema = fieldOf(props, 'schema');
  if (!Array.isArray(schema)) return [];
  return (schema as unknown as { name: string; classification?: Classification }[])
    .filter(({ classification }) => classification !== undefined && PERSONAL.includes(classification))
    .map(({ name, classification }) => `${name} (${String(classification)})`);
}

function uses({ decisions }: Estate, data: readonly PersonalData[], { id }: StoredProps): boolean {
  return (
    decisions.has(id as string) || data.some(({ dependency }) => dependency.models.includes(id as string))
  );
}

function purpose({ decisions }: Estate, data: readonly PersonalData[], model: StoredProps): Statement {
  const id = model.id as string;
  const behind = data.filter(({ dependency }) => dependency.models.includes(id));
  const text = [
    textOf(model, 'intendedUse', 'purpose not declared'),
    `owner ${textOf(model, 'owner', 'not declared')}`,
    counted(decisions.get(id) ?? 0, 'live decision'),
    `personal data: ${behind.map(({ dependency }) => `${dependency.namespace}/${dependency.name}`).join(', ') || 'none that is classified so'}`,
  ];
  return statement(id, text.join('; '), model);
}

/** The references of a grant lead into the access log. */
function recipient({
  holder,
  purpose: why,
  personal,
  issuedAt,
  expiresAt,
  revoked,
  record,
}: Recipient): Statement {
  return statement(
    holder,
    `for: ${why}; ${personal ? 'with' : 'without'} personal values; open from ${timeText(issuedAt)} until ${timeText(expiresAt)}${revoked ? ', ended before' : ''}; record ${record} of the access log`,
  );
}

function gapsOf(
  { recipients, moreRecipients, estate }: Processing,
  purposes: readonly StoredProps[],
  data: number,
): ReportGap[] {
  const aimless = purposes.filter((model) => fieldOf(model, 'intendedUse') === undefined);
  return [
    ...(aimless.length > 0
      ? [
          gap(
            'What is the purpose?',
            `${counted(aimless.length, 'model')} without intendedUse.`,
            ...aimless.slice(0, 20),
          ),
        ]
      : []),
    ...(data === 0 && purposes.length > 0
      ? [
          gap(
            'Which categories of personal data?',
            'No data set or definition upstream is classified PERSONAL or SPECIAL.',
          ),
        ]
      : []),
    ...(recipients === undefined
      ? [gap('Who receives it?', 'Withheld: grants are listed for the scope GRANT_ACCESS.')]
      : []),
    ...(moreRecipients
      ? [gap('Who else receives it?', 'More than a report holds; pedigree grant list has all.')]
      : []),
    ...(estate.more || estate.moreDependencies
      ? [gap('Is that all?', 'No: there is more than a report holds; ask about one namespace at a time.')]
      : []),
    ...NOT_KEPT.map(([question, reason]) => gap(question, reason)),
  ];
}
