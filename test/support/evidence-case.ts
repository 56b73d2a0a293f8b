/** An evidence file of one sort, with the verdict that it must get from every verifier. */
import type { Outcome } from '../../src/verify/index.js';

export interface EvidenceCase {
  readonly name: string;
  readonly text: string;
  readonly outcome: Outcome;
  /** The part that is named, or its beginning. */
  readonly part?: string;
  readonly seen?: string;
}
