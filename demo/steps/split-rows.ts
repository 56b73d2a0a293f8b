import { createHash } from 'node:crypto';

/** Which rows go where depends on the seed and the row's key alone, not on the order or the other rows. */
export const SPLIT = { seed: 'mortgage-split-1', trainShare: 0.75 } as const;

export interface Split<Row> {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

/** Splits rows into about 75 % for training and the rest for testing. */
export function splitRows<Row extends { readonly row: number }>(rows: readonly Row[]): Split<Row> {
  const inTrain = ({ row }: Row): boolean => uniform(`${SPLIT.seed}:${row}`) < SPLIT.trainShare;
  return { train: rows.filter(inTrain), test: rows.filter((row) => !inTrain(row)) };
}

/** The first 32 bits of the text's SHA-256 as a number in [0, 1). */
function uniform(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
