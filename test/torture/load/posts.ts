/** Posts of declarations, as the long runs send them. */
import type { AcceptedReceipt, Declaration } from '../../../src/domain/declaration.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';

/** Decisions and data that share placeholders with every other batch. */
export function itemsOf(name: string, count: number): Declaration[] {
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0
      ? artifact('Dataset', `${name}-${i}`, [edge('PRODUCED_BY', id('Transform', `shared-${i % 7}`))])
      : prediction(
          `${name}-${i}`,
          'shared',
          [edge('SCORED', id('Dataset', `${name}-${i - 1}`), { props: { role: 'INPUT' } })],
          { subjects: [`person-${name}`], features: { f: { value: i } } },
        ),
  );
}

/** The receipts of one post. Throws what was answered if anything was refused, and what fetch throws. */
export async function declare(
  url: string,
  token: string,
  items: readonly Declaration[],
): Promise<AcceptedReceipt[]> {
  const response = await fetch(`${url}/v1/declare`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(items),
  });
  const text = await response.text();
  const receipts = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AcceptedReceipt);
  if (response.status !== 200 || receipts.some((receipt) => 'error' in receipt))
    throw new Error(text.slice(0, 500));
  return receipts;
}

/** A broken connection: the server was killed, and whether the post was written an inspection finds out. */
export function isBroken(error: unknown): boolean {
  return ['TypeError', 'SyntaxError'].includes((error as Error).name);
}

export function isSamePlace(a: AcceptedReceipt | undefined, b: AcceptedReceipt | undefined): boolean {
  return a?.id === b?.id && a?.digest === b?.digest && a?.leafIndex === b?.leafIndex;
}
