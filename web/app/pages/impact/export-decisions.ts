/** Every affected decision as a file, read page by page as of one point, so that no page misses or repeats any. */
import { ask } from '../../api/ask.js';
import { membersOf } from '../../api/json.js';
import {
  ImpactedDecisionsDocument,
  type ImpactedDecisionsQuery,
  type ImpactedDecisionsQueryVariables,
} from '../../graphql/operations.gen.js';

export type ExportFormat = 'csv' | 'json';

interface ExportRequest {
  readonly of: string;
  readonly asOf: string;
  readonly format: ExportFormat;
  /** Told how many have been read so far. */
  readonly progress: (count: number) => void;
}

type Decision = ImpactedDecisionsQuery['impactedDecisions']['items'][number];

const PAGE = 1_000;
const COLUMNS = ['id', 'decidedAt', 'mode', 'model', 'outcome', 'score'] as const;

/** Errors: `AskError`. */
export async function exportDecisions({ of, asOf, format, progress }: ExportRequest): Promise<Blob> {
  const parts: string[] = [];
  let after: string | null = null;
  let count = 0;
  do {
    const variables: ImpactedDecisionsQueryVariables = { of, asOf: { treeSize: asOf }, first: PAGE, after };
    const { impactedDecisions: page }: ImpactedDecisionsQuery = await ask(
      ImpactedDecisionsDocument,
      variables,
    );
    count += page.items.length;
    progress(count);
    parts.push(...page.items.map((item) => lineOf(item, format)));
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return format === 'csv'
    ? new Blob([[COLUMNS.join(','), ...parts, ''].join('\r\n')], { type: 'text/csv' })
    : new Blob([`[\n${parts.join(',\n')}\n]\n`], { type: 'application/json' });
}

function lineOf(decision: Decision, format: ExportFormat): string {
  const { outcome, score } = membersOf(decision.artifact.fields);
  const row = { ...decision, outcome: outcome ?? null, score: score ?? null };
  if (format === 'json') return JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, row[name]])));
  return COLUMNS.map((name) => csvCell(row[name])).join(',');
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets a quote in front of it. */
function csvCell(value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
