/** `pedigree paths`: how an effect hangs together with a cause. */
import { Option, type Command } from 'commander';
import { cleanText } from '../output/clean-text.js';
import { AS_OF, toCommand } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Path {
  readonly length: number;
  readonly steps: readonly {
    readonly from: string;
    readonly to: string;
    readonly types: readonly string[];
  }[];
}

const QUERY = `query ($from: ID!, $to: ID!, $asOf: AsOf, $first: PageSize) {
  paths(from: $from, to: $to, asOf: $asOf, first: $first) { asOf truncated paths { length steps { from to types } } }
}`;

export function pathsCommand(): Command {
  return toCommand<{ readonly first: string; readonly asOf?: string }>({
    name: 'paths',
    description: 'show how an effect hangs together with a cause, the shortest ways first',
    parameters: { '<effect>': 'what came of it', '<cause>': 'where it began' },
    options: [new Option('--first <count>', 'most ways to show').default('5'), AS_OF],
    figures: ['paths', 'length'],
    examples: ['paths prediction:lending/loan@1 dataset:lending/part-b@1'],
    ask: async (ask, [from = '', to = ''], { first, asOf }) => {
      const { paths } = await ask<{ paths: { truncated: boolean; paths: readonly Path[] } }>(QUERY, {
        ...{ from, to, asOf: parseAsOf(asOf), first: Number(first) },
      });
      const rows = paths.paths.flatMap(({ steps }, i) =>
        steps.map((step, j) => ({ path: i + 1, step: j + 1, ...step, types: step.types.join(' ') })),
      );
      return {
        json: paths,
        rows,
        columns: ['path', 'step', 'from', 'types', 'to'],
        text: () => paths.paths.map(lineOf).join('\n'),
        figures: { paths: paths.paths.length, length: paths.paths[0]?.length ?? 0 },
        notes: [
          ...(paths.paths.length === 0 ? [`there is no way from ${from} back to ${to}`] : []),
          ...(paths.truncated ? ['there are more ways than these, or too many edges to look at all'] : []),
        ],
      };
    },
  });
}

function lineOf({ length, steps }: Path): string {
  const [first] = steps;
  const ways = steps.map(({ types, to }) => `  ─ ${types.join(', ')} → ${to}\n`).join('');
  return `${String(length)} edges: ${cleanText(first?.from ?? '')}\n${ways}`;
}
