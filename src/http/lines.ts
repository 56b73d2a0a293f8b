/** Splitting a byte stream into lines without holding more than it must. */
import { isUtf8 } from 'node:buffer';
import { PedigreeError } from '../domain/errors.js';

export interface LineLimits {
  readonly maxLineBytes: number;
  /** Most lines handed out at once. */
  readonly maxLines: number;
}

/** The text of a line, or why it has none: a bad line never costs a good one. */
export type Line = string | PedigreeError;

const NEWLINE = 0x0a;

/**
 * Non-empty lines, grouped as they arrive. A line that is too long is skipped to its end, so that it costs no memory.
 *
 * Errors in place of a line: `ITEM_TOO_LARGE`; `BAD_JSON` for bytes that are no UTF-8, which decoding would change.
 */
export async function* readLines(source: AsyncIterable<Buffer>, limits: LineLimits): AsyncGenerator<Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of source) {
    const newline = skipping ? chunk.indexOf(NEWLINE) : 0;
    if (newline === -1) continue;
    const bytes = rest.length === 0 ? chunk.subarray(newline) : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    const lines = toLines(bytes.subarray(0, end), limits);
    skipping = rest.length > limits.maxLineBytes;
    if (skipping) {
      rest = Buffer.alloc(0);
      lines.push(tooLong(limits));
    }
    yield* inGroups(lines, limits.maxLines);
  }
  yield* inGroups(toLines(rest, limits), limits.maxLines);
}

function toLines(bytes: Buffer, limits: LineLimits): Line[] {
  if (isUtf8(bytes)) {
    const lines = bytes.toString('utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map((line) => refuseLong(line, limits));
  }
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    lines.push(...(isUtf8(line) ? toLines(line, limits) : [notUtf8()]));
    start = end + 1;
  }
  return lines;
}

function refuseLong(line: string, limits: LineLimits): Line {
  return line.length * 3 > limits.maxLineBytes && Buffer.byteLength(line) > limits.maxLineBytes
    ? tooLong(limits)
    : line;
}

function tooLong({ maxLineBytes }: LineLimits): PedigreeError {
  return new PedigreeError('ITEM_TOO_LARGE', `a line may have at most ${String(maxLineBytes)} bytes`);
}

function notUtf8(): PedigreeError {
  return new PedigreeError('BAD_JSON', 'JSON text must be UTF-8 (RFC 8259 §8.1), but this line is not');
}

function* inGroups<T>(lines: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < lines.length; i += size) yield lines.slice(i, i + size);
}
