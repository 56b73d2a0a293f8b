/** What the third chapter asks the server. */
import type { PedigreeClient } from '../../src/sdk/index.js';

/** Decisions that depend on an artifact. */
export interface Affected {
  readonly of: string;
  readonly total: number;
  /** `EXACT` if single rows were followed. */
  readonly precision: string;
  readonly decisions: readonly string[];
}

const IMPACT = `query Affected($of: ID!) {
  impact(of: $of, modes: [LIVE]) { asOf decisions { total precision } }
}`;

const DECISIONS = `query AffectedDecisions($of: ID!, $asOf: AsOf, $after: String) {
  impactedDecisions(of: $of, asOf: $asOf, modes: [LIVE], order: OLDEST_FIRST, first: 1000, after: $after) {
    items { id } hasNextPage endCursor
  }
}`;

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Counts the live decisions that depend on an artifact, and lists all of them as of the same point. */
export async function findAffected(client: PedigreeClient, of: string): Promise<Affected> {
  const { impact } = await client.query<{
    impact: { asOf: string; decisions: { total: string; precision: string } };
  }>(IMPACT, { of });
  const decisions: string[] = [];
  for (let after: string | null = null; ;) {
    const { impactedDecisions }: { impactedDecisions: Page } = await client.query<{
      impactedDecisions: Page;
    }>(DECISIONS, { of, asOf: { treeSize: impact.asOf }, after });
    decisions.push(...impactedDecisions.items.map(({ id }) => id));
    if (!impactedDecisions.hasNextPage) break;
    after = impactedDecisions.endCursor;
  }
  const { total, precision } = impact.decisions;
  return { of, total: Number(total), precision, decisions };
}

const REPORT = `query Changed($of: ID!, $since: AsOf) {
  report(kind: CHANGE_IMPACT, of: $of, since: $since) { markdown }
}`;

/** What changed about an artifact since a tree size. */
export async function readReport(client: PedigreeClient, of: string, since: string): Promise<string> {
  const { report } = await client.query<{ report: { markdown: string } }>(REPORT, {
    of,
    since: { treeSize: since },
  });
  return report.markdown;
}
