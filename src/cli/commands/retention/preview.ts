/** `pedigree retention preview`: what a run would do, and the digest of the rules that a run asks for. */
import { Option, type Command } from 'commander';
import type { CommandAnswer } from '../../output/answer.js';
import { limitOption, moreNote, readPages, toCommand, type Ask } from '../../read/read-command.js';
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
  readonly at?: string;
  readonly limit: number;
}

const QUERY = `query ($first: PageSize!, $after: String, $at: Timestamp) {
  retentionPreview(first: $first, after: $after, at: $at) { ${PAGE_FIELDS} }
}`;

export function retentionPreviewCommand(): Command {
  return toCommand<Options>({
    name: 'preview',
    description: 'show what a run would erase, restrict and keep, and why; changes nothing',
    parameters: {},
    options: [
      new Option('--at <time>', 'an ISO 8601 time to decide for; now if left out'),
      limitOption(1_000),
    ],
    figures: FIGURES,
    examples: ['retention preview', "retention preview --at 2030-01-01T00:00:00Z --fail-on 'erase>1000'"],
    role: () => 'governance',
    ask: answer,
  });
}

async function answer(ask: Ask, _: readonly string[], { at, limit }: Options): Promise<CommandAnswer> {
  let rules = { rules: '', version: '' };
  const read = async (first: number, after: string | null): Promise<RetentionPage> => {
    const variables = { first, after, ...(at === undefined ? {} : { at }) };
    const page = await askPage(ask, QUERY, 'retentionPreview', variables);
    rules = { rules: page.rules, version: page.version };
    return page;
  };
  const { items, more } = await readPages<RetentionRow>(limit, read, KEYS_AT_ONCE);
  const digest =
    rules.rules === ''
      ? 'this server has no retention rules: PEDIGREE_RETENTION names their file'
      : `to do it: pedigree retention run --rules ${rules.rules}`;
  return toAnswer(items, rules, [digest, ...(more ? [moreNote(items.length, 'keys')] : [])]);
}
