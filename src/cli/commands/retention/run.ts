/** `pedigree retention run`: erases and restricts what the rules say, page by page; it can be run again after any end. */
import { Option, type Command } from 'commander';
import type { CommandAnswer } from '../../output/answer.js';
import { readPages, toCommand, type Ask } from '../../read/read-command.js';
import {
  FIGURES,
  KEYS_AT_ONCE,
  PAGE_FIELDS,
  askPage,
  toAnswer,
  type RetentionPage,
  type RetentionRow,
} from './keys-table.js';

interface Options {
  readonly rules: string;
}

const MUTATION = `mutation ($rules: String!, $first: PageSize!, $after: String) {
  runRetention(rules: $rules, first: $first, after: $after) { ${PAGE_FIELDS} }
}`;

export function retentionRunCommand(): Command {
  return toCommand<Options>({
    name: 'run',
    description: 'erase and restrict what the retention rules say; what is erased is gone for good',
    parameters: {},
    options: [
      new Option(
        '--rules <digest>',
        'the digest of the rules, as the preview prints it: refused if they were changed since',
      ).makeOptionMandatory(),
    ],
    figures: FIGURES,
    examples: ['retention run --rules 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    role: () => 'governance',
    ask: answer,
  });
}

async function answer(ask: Ask, _: readonly string[], { rules }: Options): Promise<CommandAnswer> {
  const read = (first: number, after: string | null): Promise<RetentionPage> =>
    askPage(ask, MUTATION, 'runRetention', { rules, first, after });
  const { items } = await readPages<RetentionRow>(Number.MAX_SAFE_INTEGER, read, KEYS_AT_ONCE);
  const done = items.filter(({ erasure }) => typeof erasure === 'string').length;
  return toAnswer(items, { rules }, [`done: ${String(done)} keys were erased or restricted`]);
}
