/** Laws on random lineages, declared to a real server and checked beside a reference in memory. */
import fc from 'fast-check';

import { randomLineage, type RandomLineage } from './random-lineage.js';
import { ReferenceGraph } from './reference-graph.js';
import type { TestServer } from './server.js';

let runs = 0;

/** A random lineage as declared, with the reference that has taken in what was accepted. */
export interface Case {
  readonly reference: ReferenceGraph;
  readonly ids: readonly string[];
  readonly asOf: number;
}

/** Declares a random lineage over HTTP. */
async function declared(server: TestServer, { items, corrections }: RandomLineage): Promise<Case> {
  const reference = new ReferenceGraph();
  const all = [...items, ...corrections];
  let asOf = 0;
  if (all.length > 0) {
    for (const [i, receipt] of (await server.declare(all)).entries()) {
      if (!('leafIndex' in receipt)) continue;
      reference.add(all[i]!, receipt.leafIndex);
      asOf = Math.max(asOf, receipt.leafIndex + 1);
    }
  }
  const ids = reference.ids.filter((id) => !id.startsWith('attestation:') && reference.exists(id, asOf));
  return { reference, ids, asOf };
}

/** Checks a law on fifteen random lineages; `pick` chooses artifacts of one at random. */
export function holds(
  server: TestServer,
  check: (given: Case, pick: (n: number) => string) => Promise<void>,
): Promise<void> {
  const lineages = randomLineage(() => `law-${String((runs += 1))}`, 12);
  return fc.assert(
    fc.asyncProperty(lineages, fc.nat(), async (lineage, seed) => {
      const given = await declared(server, lineage);
      if (given.ids.length === 0) return;
      await check(given, (n) => given.ids[(seed + n) % given.ids.length]!);
    }),
    { numRuns: 15 },
  );
}
