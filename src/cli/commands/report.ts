/** `pedigree report`: a question of the law, answered as Markdown, as HTML that prints, or as JSON. */
import { writeFileSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import { PedigreeError } from '../../domain/errors.js';
import { firstLine } from '../read/first-line.js';
import { needing } from '../read/scope-hint.js';
import { clientFor, parseAsOf, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface Options extends ServerOptions {
  readonly format: 'markdown' | 'html' | 'json';
  readonly personal?: true;
  readonly asOf?: string;
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: readonly string[];
  readonly adverse?: string;
  readonly output?: string;
  readonly evidence?: string;
}

const KINDS = [
  'technical-file',
  'decision-for-subject',
  'decision-for-authority',
  'change-impact',
  'train-test-overlap',
  'event-log',
  'adverse-action',
  'rationale',
  'model-inventory',
  'processing-register',
  'subject-access',
  'erasure-certificate',
];

/** About all there is, if nothing is named. */
const ABOUT_MANY = ['model-inventory', 'processing-register'];
/** Asked for by fields of their own. */
const OWN_FIELDS = ['subject-access', 'erasure-certificate'];

const REFERENCES = 'references { id digest leafIndex }';
const FIELDS: Readonly<Record<Options['format'], string>> = {
  markdown: 'markdown',
  html: 'html',
  json: `kind of asOf title asks checkpoint { origin treeSize root }
    sections { title statements { label text ${REFERENCES} } } gaps { question reason ${REFERENCES} }`,
};

const EVIDENCE = 'evidence { entries undeclared file }';

type Answer = Partial<Record<'html' | 'markdown', string>> & { readonly evidence?: Evidence | null };

const HELP = `
With a token of the local key, personal values are withheld unless --personal asks for them; a token that is named reads what it
may. Every read of personal values is recorded.

Examples:
  $ pedigree report technical-file model:lending/credit@1
  $ pedigree report technical-file model:lending/credit@1 --output file.md --evidence file.json
  $ pedigree report decision-for-subject prediction:lending/loan@1 --personal --format html --output why.html
  $ pedigree report change-impact model:lending/credit@1 --since 5 --format json
  $ pedigree report event-log model:lending/credit@1 --from 2026-01-01T00:00:00Z --to 2026-07-01T00:00:00Z
  $ pedigree report adverse-action prediction:lending/loan@1 --personal --reason dir --adverse higher
  $ pedigree report rationale featuredef:lending/dir@1
  $ pedigree report model-inventory
  $ pedigree report processing-register lending
  $ echo applicant-42 | pedigree report subject-access --personal`;

export function reportCommand(): Command {
  const command = new Command('report')
    .description('answer a question of the law about an artifact, with what backs each statement')
    .addArgument(new Argument('<kind>', 'which question').choices(KINDS))
    .argument(
      '[about]',
      "an artifact, as kind:namespace/name@version; for model-inventory and processing-register a namespace, or nothing for all; for subject-access a person, or nothing to read the name from standard input; for erasure-certificate the erasure's id",
    )
    .addOption(
      new Option('--format <format>', 'of the report').choices(Object.keys(FIELDS)).default('markdown'),
    )
    .option('--personal', 'with personal values, by a token of the local key')
    .option('--as-of <point>', 'a tree size, or an ISO 8601 time; now if left out')
    .option('--since <point>', 'for change-impact: the earlier point')
    .option('--from <time>', 'for event-log: events of this time or later (ISO 8601)')
    .option('--to <time>', 'for event-log: events before this time (ISO 8601)')
    .option(
      '--reason <feature...>',
      'for adverse-action: what the person was told; else what the decision declares',
    )
    .addOption(
      new Option(
        '--adverse <direction>',
        "for adverse-action: which way of the model's output counts against the person",
      ).choices(['higher', 'lower']),
    )
    .option('--output <file>', 'where to write it; standard output if left out')
    .option(
      '--evidence <file>',
      'where to write the proof of every entry that the report names, for "pedigree verify"',
    )
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (kind: string, of: string | undefined, options: Options) => {
    const { text, evidence } = await readReport(kind, of, options);
    if (options.evidence !== undefined) keepEvidence(options.evidence, evidence);
    if (options.output === undefined) process.stdout.write(text);
    else writeFileSync(options.output, text);
  });
}

interface Evidence {
  readonly entries: number;
  readonly undeclared: readonly string[];
  readonly file: string;
}

/** What the report names and cannot be proved is told beside it. Error: `NOT_FOUND` where there is nothing to prove. */
function keepEvidence(path: string, evidence: Evidence | null | undefined): void {
  if (!evidence)
    throw new PedigreeError('NOT_FOUND', 'the report names no entry of the log: there is nothing to prove');
  const { entries, undeclared, file } = evidence;
  writeFileSync(path, file);
  process.stderr.write(`pedigree: ${path} proves ${String(entries)} entries\n`);
  for (const id of undeclared)
    process.stderr.write(`pedigree: ${id} is named and was not declared: it has no entry\n`);
}

async function readReport(
  kind: string,
  of: string | undefined,
  options: Options,
): Promise<{ text: string; evidence?: Evidence | null | undefined }> {
  const { format } = options;
  const { field, variables } = questionOf(kind, await aboutOf(kind, of), options);
  const client = await clientFor(options, 'report', roleFor(kind, options));
  const fields = options.evidence === undefined ? FIELDS[format] : `${FIELDS[format]} ${EVIDENCE}`;
  const {
    report: { evidence, ...report },
  } = await client
    .query<{ report: Answer }>(`${field} { ${fields} } }`, variables)
    .catch(needing(`report ${kind} needs a token with the role governance, or for people auditor`));
  const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : (report[format] ?? '');
  return { text, evidence };
}

async function aboutOf(kind: string, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined || ABOUT_MANY.includes(kind)) return given;
  if (kind === 'subject-access') return firstLine();
  throw new PedigreeError('BAD_INPUT', `report ${kind} must be told what it is about`);
}

/** The beginning of the question; the reports about people are fields of their own, with scopes of their own. */
function questionOf(
  kind: string,
  of: string | undefined,
  options: Options,
): { field: string; variables: Readonly<Record<string, unknown>> } {
  if (OWN_FIELDS.includes(kind)) refuseOptions(kind, options);
  if (kind === 'subject-access')
    return {
      field: 'query Report($subject: String!) { report: subjectReport(subject: $subject)',
      variables: { subject: of },
    };
  if (kind === 'erasure-certificate')
    return { field: 'query Report($id: ID!) { report: erasureReport(id: $id)', variables: { id: of } };
  const { asOf, since, from, to, reason: reasons, adverse } = options;
  return {
    field: `query Report($kind: ReportKind!, $of: ID, $asOf: AsOf, $since: AsOf, $from: Timestamp, $to: Timestamp,
      $reasons: [String!], $adverse: AdverseDirection) {
      report(kind: $kind, of: $of, asOf: $asOf, since: $since, from: $from, to: $to, reasons: $reasons, adverse: $adverse)`,
    variables: {
      kind: kind.toUpperCase().replaceAll('-', '_'),
      ...{ of, from, to, reasons },
      adverse: adverse?.toUpperCase(),
      asOf: parseAsOf(asOf),
      since: parseAsOf(since, '--since'),
    },
  };
}

/** What is said and has no meaning is a mistake. */
function refuseOptions(kind: string, options: Options): void {
  const given = (['asOf', 'since', 'from', 'to', 'reason', 'adverse'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given === undefined) return;
  const option = given === 'asOf' ? 'as-of' : given;
  throw new PedigreeError('BAD_INPUT', `--${option} is not for report ${kind}`);
}

/** Personal values are an auditor's; people, erasures and grants are for governance. */
function roleFor(kind: string, { personal }: Options): string {
  if (personal) return 'auditor';
  const governed = ['subject-access', 'erasure-certificate', 'processing-register'];
  return governed.includes(kind) ? 'governance' : 'reader';
}
