/** What the proofs cost. */
import { evidenceFiles } from './ledger/evidence.js';
import type { BenchContext } from './main.js';
import type { Figure } from './report.js';

export async function run(context: BenchContext): Promise<readonly Figure[]> {
  return [...(await evidenceFiles(context))];
}
