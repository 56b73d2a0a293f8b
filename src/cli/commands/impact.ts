/** `pedigree impact`: this artifact was wrong; which models, deployments and decisions are affected? */
import { Option, type Command } from 'commander';
import { renderTable, type Row } from '../output/table.js';
import { strong } from '../output/style.js';
import type { CommandAnswer } from '../output/answer.js';
import {
  AS_OF,
  limitOption,
  moreNote,
  readPages,
  toCommand,
  type Ask,
  type Page,
} from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Options {
  readonly mode?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly decisions?: true;
  readonly limit: number;
  readonly asOf?: string;
}

interface Impact {
  readonly asOf: string;
  readonly artifacts: readonly { readonly kind: string; readonly count: number }[];
  readonly models: Page<{ readonly id: string }>;
  readonly deployments: {
    readonly items: readonly { readonly model: string; readonly endpoint: string | null }[];
    readonly total: number;
  };
  readonly decisions: {
    readonly total: string;
    readonly precision: string;
    readonly byModel: { readonly items: readonly { readonly model: string; readonly count: string }[] };
  };
}

interface Decision {
  readonly id: string;
  readonly decidedAt: string;
  readonly mode: string;
  readonly model: string;
}

const IMPACT = `query ($of: ID!, $asOf: AsOf, $modes: [PredictionMode!], $from: Timestamp, $to: Timestamp) {
  impact(of: $of, asOf: $asOf, modes: $modes, from: $from, to: $to) {
    asOf artifacts { kind count } models(first: 1000) { items { id } hasNextPage endCursor }
    deployments(first: 1000) { items { model endpoint environment deployedAt } total }
    decisions { total precision byMode { mode count } byModel(first: 1000) { items { model count } total truncated } }
  }
}`;
const DECISIONS = `query ($of: ID!, $asOf: AsOf, $modes: [PredictionMode!], $from: Timestamp, $to: Timestamp,
  $first: PageSize, $after: String) {
  impactedDecisions(of: $of, asOf: $asOf, modes: $modes, from: $from, to: $to, first: $first, after: $after) {
    items { id decidedAt mode model } hasNextPage endCursor
  }
}`;

const COLUMNS = ['record', 'id', 'count', 'model', 'decidedAt', 'mode'];

export function impactCommand(): Command {
  return toCommand<Options>({
    name: 'impact',
    description: 'count what an artifact affects: models, deployments, decisions; and list the decisions',
    parameters: { '<id>': 'the artifact, as kind:namespace/name@version' },
    options: [
      new Option('--mode <mode...>', 'only decisions in these modes').choices([
        'LIVE',
        'SHADOW',
        'TEST',
        'BACKFILL',
      ]),
      new Option('--from <time>', 'only decisions decided at this time or later (ISO 8601)'),
      new Option('--to <time>', 'only decisions decided before this time (ISO 8601)'),
      new Option('--decisions', 'list the decisions, too, newest first'),
      limitOption(100),
      AS_OF,
    ],
    figures: ['datasets', 'transforms', 'features', 'models', 'deployments', 'decisions'],
    examples: [
      'impact dataset:lending/part-b@1',
      'impact dataset:lending/part-b@1 --decisions --mode LIVE --csv',
      "impact dataset:lending/part-b@1 --fail-on 'decisions>=1000000'",
    ],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  [of = '']: readonly string[],
  { mode: modes, from, to, limit, ...options }: Options,
): Promise<CommandAnswer> {
  const question = { of, modes, from, to, asOf: parseAsOf(options.asOf) };
  const { impact } = await ask<{ impact: Impact }>(IMPACT, question);
  // The same point for the list as for the count.
  const then = { ...question, asOf: { treeSize: impact.asOf } };
  const listed = options.decisions ? await decisionsOf(ask, then, limit) : undefined;
  return {
    json: listed ? { ...impact, listed: listed.items } : impact,
    rows: rowsOf(impact, listed?.items ?? []),
    columns: COLUMNS,
    text: () => textOf(impact, listed?.items ?? []),
    figures: figuresOf(impact),
    notes: listed?.more ? [moreNote(listed.items.length, 'decisions', Number(impact.decisions.total))] : [],
  };
}

function decisionsOf(
  ask: Ask,
  question: object,
  limit: number,
): Promise<{ items: Decision[]; more: boolean }> {
  return readPages<Decision>(limit, async (first, after) => {
    const data = await ask<{ impactedDecisions: Page<Decision> }>(DECISIONS, { ...question, first, after });
    return data.impactedDecisions;
  });
}

function rowsOf({ artifacts, models, deployments, decisions }: Impact, listed: readonly Decision[]): Row[] {
  const made = new Map(decisions.byModel.items.map(({ model, count }) => [model, Number(count)]));
  return [
    ...artifacts.map(({ kind, count }) => ({ record: 'kind', id: kind, count })),
    ...models.items.map(({ id }) => ({ record: 'model', id, count: made.get(id) ?? 0 })),
    ...deployments.items.map(({ endpoint, ...rest }) => ({ record: 'deployment', id: endpoint, ...rest })),
    { record: 'decisions', id: decisions.precision, count: Number(decisions.total) },
    ...listed.map((decision) => ({ record: 'decision', ...decision })),
  ];
}

function textOf(impact: Impact, listed: readonly Decision[]): string {
  const { models, deployments, decisions } = impact;
  const rows = rowsOf(impact, []);
  const atMost = decisions.precision === 'EXACT' ? '' : 'at most ';
  const deployed = deployments.items.map((deployment) => ({ ...deployment }));
  return [
    `${strong(`${atMost}${decisions.total} decisions`)}, ${String(models.items.length)} models, ${String(deployments.total)} deployments are affected\n`,
    renderTable(
      rows.filter(({ record }) => record === 'kind'),
      ['id', 'count'],
    ),
    renderTable(
      rows.filter(({ record }) => record === 'model'),
      ['id', 'count'],
    ),
    renderTable(deployed, ['endpoint', 'environment', 'model', 'deployedAt']),
    renderTable(
      listed.map((decision) => ({ ...decision })),
      ['id', 'decidedAt', 'mode', 'model'],
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function figuresOf({ artifacts, deployments, decisions }: Impact): Record<string, number> {
  const of = (kind: string): number => artifacts.find((row) => row.kind === kind)?.count ?? 0;
  return {
    datasets: of('Dataset'),
    transforms: of('Transform'),
    features: of('FeatureDef'),
    models: of('Model'),
    deployments: deployments.total,
    decisions: Number(decisions.total),
  };
}
