/** `pedigree drift`: does this data still look like that? */
import type { Command } from 'commander';
import type { CommandAnswer } from '../output/answer.js';
import { strong } from '../output/style.js';
import { renderTable } from '../output/table.js';
import { AS_OF, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Measure {
  readonly feature: string;
  readonly of: string;
  readonly value: number;
  readonly threshold: number;
  readonly test: string;
  readonly adjustedPValue: number;
  readonly drifted: boolean;
}

const QUERY = `query ($of: ID!, $baseline: ID!, $asOf: AsOf) {
  dataDrift(of: $of, baseline: $baseline, asOf: $asOf) {
    asOf drifted baseline { id } sample { id }
    measures { feature of value threshold test statistic pValue adjustedPValue jensenShannon baselineCount sampleCount drifted }
  }
}`;

const COLUMNS = ['feature', 'of', 'value', 'threshold', 'test', 'adjustedPValue', 'drifted'];

export function driftCommand(): Command {
  return toCommand<{ readonly asOf?: string }>({
    name: 'drift',
    description: 'compare the newest profiles of two artifacts, feature by feature',
    parameters: { '<id>': 'a data set version, or a model', '<baseline>': 'what to compare it with' },
    options: [AS_OF],
    figures: ['drifted', 'measures'],
    examples: ["drift dataset:lending/part-b@1 dataset:lending/part-a@1 --fail-on 'drifted>0'"],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [of = '', baseline = '']: readonly string[],
  { asOf }: { readonly asOf?: string },
): Promise<CommandAnswer> {
  const { dataDrift } = await ask<{
    dataDrift: { readonly drifted: number; readonly measures: readonly Measure[] };
  }>(QUERY, { of, baseline, asOf: parseAsOf(asOf) });
  const { drifted, measures } = dataDrift;
  const rows = measures.map((measure) => ({ ...measure }));
  return {
    json: dataDrift,
    rows,
    columns: COLUMNS,
    figures: { drifted, measures: measures.length },
    text: () =>
      `${strong(`${String(drifted)} of ${String(measures.length)} measures drifted`)}\n${renderTable(rows, COLUMNS)}`,
  };
}
