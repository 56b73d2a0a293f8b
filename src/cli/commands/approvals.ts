/** `pedigree approvals`: what was approved against what ran. */
import { Option, type Command } from 'commander';
import type { CommandAnswer } from '../output/answer.js';
import { strong } from '../output/style.js';
import { renderTable, type Row } from '../output/table.js';
import { AS_OF, toCommand, type Ask } from '../read/read-command.js';
import { parseAsOf } from '../read/server-options.js';

interface Options {
  readonly namespace?: string;
  readonly asOf?: string;
}

interface Attested {
  readonly id: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly occurredAt?: string;
}

interface Review {
  readonly asOf: string;
  readonly truncated: boolean;
  readonly decisions: string;
  readonly unapproved: string;
  readonly items: readonly {
    readonly model: string;
    readonly decisions: string;
    readonly unapproved: string;
    readonly periods: readonly {
      readonly from: string | null;
      readonly until: string | null;
      readonly approved: boolean;
      readonly decisions: string;
      readonly ruling: Attested | null;
    }[];
    readonly deployments: readonly {
      readonly approved: boolean;
      readonly deployment: Attested;
      readonly ruling: Attested | null;
    }[];
  }[];
}

const QUERY = `query ($models: [ID!], $namespace: String, $asOf: AsOf) {
  approvalReview(models: $models, namespace: $namespace, asOf: $asOf) {
    asOf truncated decisions unapproved
    items {
      model decisions unapproved
      periods { from until approved decisions ruling { id } }
      deployments { approved deployment { id occurredAt fields } ruling { id } }
    }
  }
}`;

const COLUMNS = [
  'record',
  'model',
  'from',
  'until',
  'approved',
  'decisions',
  'endpoint',
  'ruling',
  'deployment',
];

export function approvalsCommand(): Command {
  return toCommand<Options>({
    name: 'approvals',
    description: 'show which live decisions and deployments of models lie inside and outside their approvals',
    parameters: { '[id...]': 'model versions; all of the namespace, or all there are, if left out' },
    options: [new Option('--namespace <namespace>', 'only models of this namespace'), AS_OF],
    figures: ['models', 'decisions', 'unapproved', 'unapprovedDeployments'],
    examples: [
      'approvals model:lending/credit@1',
      'approvals --namespace lending --csv',
      "approvals --fail-on 'unapproved>1000'",
    ],
    ask: answer,
  });
}

async function answer(
  ask: Ask,
  models: readonly string[],
  { namespace, asOf }: Options,
): Promise<CommandAnswer> {
  const question = { models: models.length === 0 ? undefined : models, namespace, asOf: parseAsOf(asOf) };
  const { approvalReview: review } = await ask<{ approvalReview: Review }>(QUERY, question);
  const rows = rowsOf(review);
  return {
    json: review,
    rows,
    columns: COLUMNS,
    text: () => textOf(review, rows),
    figures: {
      models: review.items.length,
      decisions: Number(review.decisions),
      unapproved: Number(review.unapproved),
      unapprovedDeployments: rows.filter(
        ({ record, approved }) => record === 'deployment' && approved === false,
      ).length,
    },
    notes: [
      ...(review.truncated ? ['there are more models than an answer holds: name them, or a namespace'] : []),
      ...(review.items.length === 0 ? ['there is no model'] : []),
    ],
  };
}

function rowsOf({ items }: Review): Row[] {
  return items.flatMap(({ model, periods, deployments }) => [
    ...periods.map(({ ruling, decisions, ...period }) => ({
      ...{ record: 'period', model, ...period, ruling: ruling?.id ?? null },
      decisions: Number(decisions),
    })),
    ...deployments.map(({ deployment, ruling, approved }) => ({
      ...{ record: 'deployment', model, from: deployment.occurredAt, approved, deployment: deployment.id },
      endpoint: deployment.fields?.endpoint,
      ruling: ruling?.id ?? null,
    })),
  ]);
}

function textOf({ decisions, unapproved }: Review, rows: readonly Row[]): string {
  const of = (record: string): Row[] => rows.filter((row) => row.record === record);
  return [
    `${strong(`${unapproved} of ${decisions} live decisions`)} were taken without an approval\n`,
    renderTable(of('period'), ['model', 'from', 'until', 'approved', 'decisions', 'ruling']),
    renderTable(of('deployment'), ['model', 'from', 'endpoint', 'approved', 'ruling']),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
