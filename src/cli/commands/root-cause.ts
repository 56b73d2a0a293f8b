/** `pedigree root-cause`: which upstream artifact separates odd decisions from others? */
import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { PedigreeError, required } from '../../domain/errors.js';
import { renderTable } from '../output/table.js';
import type { CommandAnswer } from '../output/answer.js';
import { AS_OF, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Options {
  readonly suspects: readonly string[];
  readonly controls: readonly string[];
  readonly first: string;
  readonly asOf?: string;
}

interface Candidate {
  readonly artifact: { readonly id: string };
  readonly suspects: number;
  readonly controls: number;
  readonly adjustedPValue: number;
  readonly riskDifference: number;
  readonly findingsTotal: number;
}

interface Answer {
  readonly rootCause: {
    readonly suspects: number;
    readonly controls: number;
    readonly precision: string;
    readonly tested: number;
    readonly total: number;
    readonly candidates: readonly Candidate[];
    readonly truncated: boolean;
  };
}

const QUERY = `query ($suspects: [ID!]!, $controls: [ID!]!, $asOf: AsOf, $first: PageSize) {
  rootCause(suspects: $suspects, controls: $controls, asOf: $asOf, first: $first) {
    asOf suspects controls followedByRow precision tested total truncated
    candidates { artifact { id } suspects controls pValue adjustedPValue riskDifference alike findingsTotal
      codeDifference { code } }
  }
}`;

const COLUMNS = ['rank', 'id', 'suspects', 'controls', 'adjustedPValue', 'riskDifference', 'findings'];

export function rootCauseCommand(): Command {
  return toCommand<Options>({
    name: 'root-cause',
    description: 'rank what is upstream of odd decisions by how much more they depend on it than others do',
    parameters: {},
    options: [
      new Option(
        '--suspects <ids...>',
        'the odd decisions; @FILE for a file with one id a line',
      ).makeOptionMandatory(),
      new Option('--controls <ids...>', 'decisions as they should be; @FILE as well').makeOptionMandatory(),
      new Option('--first <count>', 'most candidates').default('20'),
      AS_OF,
    ],
    figures: ['candidates', 'findings'],
    examples: ['root-cause --suspects prediction:lending/loan@1 --controls prediction:lending/other@1'],
    role: () => 'auditor',
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  _: readonly string[],
  { suspects, controls, first, asOf }: Options,
): Promise<CommandAnswer> {
  const { rootCause } = await ask<Answer>(QUERY, {
    suspects: suspects.flatMap(idsIn),
    controls: controls.flatMap(idsIn),
    first: Number(first),
    asOf: parseAsOf(asOf),
  });
  const rows = rootCause.candidates.map(({ artifact, findingsTotal, ...candidate }, i) => ({
    ...{ rank: i + 1, id: artifact.id, ...candidate, findings: findingsTotal },
  }));
  return {
    json: rootCause,
    rows,
    columns: COLUMNS,
    text: () => renderTable(rows, COLUMNS),
    figures: {
      candidates: rootCause.total,
      findings: rows.reduce((sum, { findings }) => sum + findings, 0),
    },
    notes: notesOf(rootCause),
  };
}

function notesOf({ precision, truncated, candidates, total, tested }: Answer['rootCause']): string[] {
  return [
    `${String(tested)} artifacts tested; ${String(candidates.length)} of ${String(total)} candidates shown`,
    ...(truncated ? ['there are more candidates: --first has more'] : []),
    ...(precision === 'EXACT' ? [] : ['parts of one data set could not be told apart for every decision']),
  ];
}

/** One id, or those of a file. Error: `BAD_INPUT`. */
function idsIn(text: string): string[] {
  if (!text.startsWith('@')) return [text];
  try {
    return readFileSync(text.slice(1), 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (error) {
    throw new PedigreeError('BAD_INPUT', required('@FILE must be a file that can be read', text), {}, error);
  }
}
