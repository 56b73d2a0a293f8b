/** Leaves of the size and form that entries have; their digests are random. */
import { randomBytes } from 'node:crypto';

import { leafOf } from '../../src/ledger/entry.js';

/** @param from index of the first, which sets its time */
export function randomLeaves(from: number, count: number): Buffer[] {
  const bytes = randomBytes(count * 4 * 32);
  return Array.from({ length: count }, (_, i) => {
    const [edges, head, values, by] = Array.from({ length: 4 }, (_, n) =>
      bytes.toString('base64url', (4 * i + n) * 32, (4 * i + n + 1) * 32),
    );
    const decl = `{"edges":"${edges}","head":"${head}","k":1,"t":"pedigree/lineage/1","values":"${values}"}`;
    return leafOf({ decl, by: by as string }, 1_772_355_600_000 + from + i);
  });
}
