/** What the proofs cost: the log layer by itself, checking a whole log offline, and signing while entries are captured. */
import { captureOverhead } from './ledger/capture-overhead.js';
import { offlineVerification } from './ledger/offline-verification.js';
import { logLayer } from './ledger/log-layer.js';
import type { BenchContext } from './main.js';
import type { Figure } from './report.js';

export async function run(context: BenchContext): Promise<readonly Figure[]> {
  return [
    ...(await logLayer(context)),
    ...(await offlineVerification(context)),
    ...(await captureOverhead(context)),
  ];
}
