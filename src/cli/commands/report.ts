/** `pedigree report`: a question of the law, answered as Markdown, as HTML that prints, or as JSON. */
import { writeFileSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import { clientFor, parseAsOf, withServerOptions, type ServerOptions } from '../read/server-options.js';

interface Options extends ServerOptions {
  readonly format: 'markdown' | 'html' | 'json';
  readonly personal?: true;
  readonly asOf?: string;
  readonly since?: string;
  readonly output?: string;
}

const KINDS = [
  'technical-file',
  'decision-for-subject',
  'decision-for-authority',
  'change-impact',
  'train-test-overlap',
];

const REFERENCES = 'references { id digest leafIndex }';
const FIELDS: Readonly<Record<Options['format'], string>> = {
  markdown: 'markdown',
  html: 'html',
  json: `kind of asOf title asks checkpoint { origin treeSize root }
    sections { title statements { label text ${REFERENCES} } } gaps { question reason ${REFERENCES} }`,
};

const HELP = `
With a token of the local key, personal values are withheld unless --personal asks for them; a token that is named reads what it
may. Every read of personal values is recorded.

Examples:
  $ pedigree report technical-file model:lending/credit@1
  $ pedigree report decision-for-subject prediction:lending/loan@1 --personal --format html --output why.html
  $ pedigree report change-impact model:lending/credit@1 --since 5 --format json`;

export function reportCommand(): Command {
  const command = new Command('report')
    .description('answer a question of the law about an artifact, with what backs each statement')
    .addArgument(new Argument('<kind>', 'which question').choices(KINDS))
    .argument('<id>', 'what it is about, as kind:namespace/name@version')
    .addOption(
      new Option('--format <format>', 'of the report').choices(Object.keys(FIELDS)).default('markdown'),
    )
    .option('--personal', 'with personal values, by a token of the local key')
    .option('--as-of <point>', 'a tree size, or an ISO 8601 time; now if left out')
    .option('--since <point>', 'for change-impact: the earlier point')
    .option('--output <file>', 'where to write it; standard output if left out')
    .addHelpText('after', HELP);
  return withServerOptions(command).action(async (kind: string, of: string, options: Options) => {
    const text = await readReport(kind, of, options);
    if (options.output === undefined) process.stdout.write(text);
    else writeFileSync(options.output, text);
  });
}

async function readReport(kind: string, of: string, options: Options): Promise<string> {
  const { format, personal, asOf, since } = options;
  const question = {
    kind: kind.toUpperCase().replaceAll('-', '_'),
    of,
    asOf: parseAsOf(asOf),
    since: parseAsOf(since, '--since'),
  };
  const client = await clientFor(options, 'report', personal ? 'auditor' : 'reader');
  const { report } = await client.query<{ report: Readonly<Record<string, string>> }>(
    `query Report($kind: ReportKind!, $of: ID!, $asOf: AsOf, $since: AsOf) {
      report(kind: $kind, of: $of, asOf: $asOf, since: $since) { ${FIELDS[format]} }
    }`,
    question,
  );
  return format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : (report[format] ?? '');
}
