/** What came of verifying a storyline's evidence in this browser. */
import type { Verdict } from '../../../../src/verify/index.js';

export interface Compared {
  /** Claims that the evidence states, and states the same. */
  readonly same: number;
  /** Paths that the evidence does not state: nothing is said about them. */
  readonly unstated: number;
  /** Claims that the evidence states otherwise. */
  readonly different: readonly string[];
}

export type VerifyAnswer =
  { readonly verdict: Verdict; readonly compared: Compared | undefined } | { readonly failure: string };

export interface Verified {
  readonly answer: VerifyAnswer;
  readonly key: string;
  /** Size of the file, in bytes. */
  readonly bytes: number;
}
