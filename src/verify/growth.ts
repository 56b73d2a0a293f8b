/** That a log only grew: a consistency proof as the API gives it, checked without the server that gave it. */
import { base64 } from '@scure/base';

import { PedigreeError, required } from '../domain/errors.js';
import { verifyConsistency } from '../ledger/verify-proof.js';

/** Two trees of one log and the hashes between them; roots and hashes are base64, sizes count entries. */
export interface Growth {
  readonly from: number;
  readonly fromRoot: string;
  readonly to: number;
  readonly toRoot: string;
  readonly hashes: readonly string[];
}

/**
 * Throws unless the later tree begins with all entries of the earlier one, in the same order (RFC 6962 §2.1.2). It says
 * nothing of whether either root is the log's: compare them with signed heads. Error: `BAD_PROOF`.
 */
export function verifyGrowth({ from, fromRoot, to, toRoot, hashes }: Growth): void {
  verifyConsistency(
    { size: from, root: decoded('the earlier root', fromRoot) },
    { size: to, root: decoded('the later root', toRoot) },
    hashes.map((hash, i) => decoded(`hash ${String(i)} of the proof`, hash)),
  );
}

function decoded(what: string, text: string): Uint8Array {
  try {
    return base64.decode(text);
  } catch (cause) {
    throw new PedigreeError('BAD_PROOF', required(`${what} must be base64`, text), {}, cause);
  }
}
