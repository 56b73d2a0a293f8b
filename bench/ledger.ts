/**
 * What the proofs cost: the log layer by itself, checking a whole log offline, signing while entries are captured, and
 * evidence files.
 */
import { captureOverhead } from './ledger/capture-overhead.js';
import { evidenceFiles } from './ledger/evidence.js';
import { logLayer } from './ledger/log-layer.js';
import { offlineVerification } from './ledger/offline-verification.js';
import type { BenchContext } from './main.js';
import type { Figure } from './report.js';

export async function run(context: BenchContext): Promise<readonly Figure[]> {
  return [
    ...(await logLayer(context)),
    ...(await offlineVerification(context)),
    ...(await captureOverhead(context)),
    ...(await evidenceFiles(context)),
  ];
}
