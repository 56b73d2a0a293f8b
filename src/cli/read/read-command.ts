/** Commands that ask a server and print what it says. They differ in their question and in nothing else. */
import { Command, Option } from 'commander';
import { PedigreeError, required } from '../../domain/errors.js';
import type { PedigreeClient } from '../../sdk/index.js';
import { THRESHOLD_MET } from '../exit-codes.js';
import { print, type CommandAnswer, type Format } from '../output/answer.js';
import { clientFor, withServerOptions, type ServerOptions } from './server-options.js';
import { metThresholds, parseThreshold } from './threshold.js';

/** Asks a GraphQL question. */
export type Ask = PedigreeClient['query'];

export interface ReadCommand<Options> {
  readonly name: string;
  readonly description: string;
  /** `<name>` with what it stands for; `[name...]` for any number. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly options?: readonly Option[];
  /** Figures of its answer, for `--fail-on`. */
  readonly figures: readonly string[];
  /** Command lines that work, without `pedigree`. */
  readonly examples: readonly string[];
  /** Role that a token of the local key needs. */
  readonly role?: (options: Options) => string;
  readonly ask: (ask: Ask, parameters: readonly string[], options: Options) => Promise<CommandAnswer>;
}

interface OutputOptions extends ServerOptions {
  readonly json?: true;
  readonly jsonl?: true;
  readonly csv?: true;
  readonly failOn?: readonly string[];
}

/** The command as the library takes it. */
export function toCommand<Options extends object>(read: ReadCommand<Options>): Command {
  const command = new Command(read.name).description(read.description);
  for (const [parameter, description] of Object.entries(read.parameters)) {
    command.argument(parameter, description);
  }
  for (const option of read.options ?? []) command.addOption(option);
  withServerOptions(command)
    .addOption(new Option('--json', 'print the answer as JSON').conflicts(['jsonl', 'csv']))
    .addOption(new Option('--jsonl', 'print one line of JSON a record').conflicts(['json', 'csv']))
    .addOption(new Option('--csv', 'print CSV with a heading').conflicts(['json', 'jsonl']))
    .addOption(
      new Option('--fail-on <comparison...>', `exit with 3 if one holds; of ${read.figures.join(', ')}`),
    )
    .addHelpText('after', helpOf(read))
    .action(async (...given: unknown[]) => {
      // The library passes the arguments, then the options, then the command.
      const options = given.at(-2) as Options & OutputOptions;
      process.exitCode = await run(read, (given.slice(0, -2) as (string | string[])[]).flat(), options);
    });
  return command;
}

async function run<Options extends object>(
  read: ReadCommand<Options>,
  parameters: readonly string[],
  options: Options & OutputOptions,
): Promise<number> {
  const thresholds = (options.failOn ?? []).map((text) => parseThreshold(text, read.figures));
  const client = await clientFor(options, read.name, read.role?.(options));
  const ask: Ask = (document, variables) => client.query(document, variables);
  const answer = await read.ask(ask, parameters, options);
  process.stdout.write(print(answer, formatOf(options)));
  for (const note of answer.notes ?? []) process.stderr.write(`${note}\n`);
  const met = metThresholds(thresholds, answer.figures);
  for (const { text, figure } of met) {
    process.stderr.write(`threshold met: ${text} (${figure} is ${String(answer.figures[figure])})\n`);
  }
  return met.length === 0 ? 0 : THRESHOLD_MET;
}

function formatOf({ json, jsonl, csv }: OutputOptions): Format {
  if (json) return 'json';
  if (jsonl) return 'jsonl';
  return csv ? 'csv' : 'text';
}

function helpOf({ examples }: { readonly examples: readonly string[] }): string {
  return `\nExamples:\n${examples.map((example) => `  $ pedigree ${example}`).join('\n')}`;
}

/** `--limit`: how many records at most, or `all`. */
export function limitOption(fallback: number): Option {
  return new Option('--limit <count>', 'how many at most; "all" for all of them')
    .default(fallback)
    .argParser((text) => {
      const count = text === 'all' ? Number.MAX_SAFE_INTEGER : Number(text);
      if (Number.isSafeInteger(count) && count > 0) return count;
      throw new PedigreeError('BAD_INPUT', required('--limit must be a number above 0, or "all"', text));
    });
}

export const AS_OF = new Option('--as-of <point>', 'a tree size, or an ISO 8601 time; now if left out');

/** Largest page that the server gives. */
const PAGE = 1_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Reads pages until there are `limit` items or no more; says whether there are more. */
export async function readPages<T>(
  limit: number,
  read: (first: number, after: string | null) => Promise<Page<T>>,
  largest = PAGE,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<T> = await read(Math.min(largest, limit - items.length), after);
    items.push(...page.items);
    if (!page.hasNextPage) return { items, more: false };
    if (items.length >= limit) return { items, more: true };
    after = page.endCursor;
  }
}

export function moreNote(shown: number, what: string, total?: number): string {
  const of = total === undefined ? '' : ` of ${String(total)}`;
  return `${String(shown)}${of} ${what} shown: --limit has more, --limit all has all`;
}
