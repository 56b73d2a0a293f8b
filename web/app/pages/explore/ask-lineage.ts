/** One question of the explorer, in as many pages as it has. */
import { ask } from '../../api/ask.js';
import { LineageGraphDocument, type LineageGraphQuery } from '../../graphql/operations.gen.js';
import type { Question } from './lineage-questions.js';

export type Lineage = LineageGraphQuery['lineage'];

/** Artifacts of one answer at most: the server's bound for a page. */
const PAGE = 1_000;

/** The answer as one, however many pages it has; the later ones are of the same point in time. Error: `AskError`. */
export async function askLineage({ most, ...of }: Question, signal: AbortSignal): Promise<Lineage> {
  let answer = await askPage(of, most, null, signal);
  while (answer.hasNextPage && answer.nodes.length < most) {
    const next = await askPage(of, most - answer.nodes.length, answer.endCursor, signal);
    const { hasNextPage, endCursor } = next;
    answer = { ...answer, hasNextPage, endCursor, nodes: [...answer.nodes, ...next.nodes] };
  }
  return answer;
}

async function askPage(
  of: Omit<Question, 'most'>,
  most: number,
  after: string | null,
  signal: AbortSignal,
): Promise<Lineage> {
  const downstream = of.direction === 'DOWNSTREAM' && after === null;
  const variables = { ...of, first: Math.min(PAGE, most), after, downstream };
  return (await ask(LineageGraphDocument, variables, signal)).lineage;
}
