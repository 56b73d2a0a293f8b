/** Splitting a byte stream into lines without holding more than it must. */
import { PedigreeError } from '../domain/errors.js';

export interface LineLimits {
  readonly maxLineBytes: number;
  /** Most lines handed out at once. */
  readonly maxLines: number;
}

const NEWLINE = 0x0a;

/** Non-empty lines, grouped as they arrive. Error: `ITEM_TOO_LARGE`, naming the line from 1. */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  limits: LineLimits,
): AsyncGenerator<string[]> {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    const lines = split(bytes.subarray(0, end));
    count += lines.length;
    if (rest.length > limits.maxLineBytes || lines.some((line) => line.length > limits.maxLineBytes)) {
      throw new PedigreeError(
        'ITEM_TOO_LARGE',
        `a line may have at most ${String(limits.maxLineBytes)} bytes, but line ${String(count + 1)} or one just before it is longer`,
      );
    }
    yield* inGroups(lines, limits.maxLines);
  }
  yield* inGroups(split(rest), limits.maxLines);
}

function split(bytes: Buffer): string[] {
  return bytes.length === 0
    ? []
    : bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
}

function* inGroups(lines: readonly string[], size: number): Generator<string[]> {
  for (let i = 0; i < lines.length; i += size) yield lines.slice(i, i + size);
}
