/** What a torture run gets and hands back; `npm test` calls the same `run` with few cycles. */
export interface TortureContext {
  readonly cycles: number;
  /** Everything random follows from it, so that a failed run can be repeated. */
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface Outcome {
  readonly cycles: number;
  /** What was done and found, for the reader: `{kills: 40, entries: 81230}`. */
  readonly facts: Readonly<Record<string, number | string>>;
  /** Every promise that was broken, with the cycle it was seen in; empty when all held. */
  readonly violations: readonly string[];
}
