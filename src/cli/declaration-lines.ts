/** Declarations in a file or on standard input, as JSON texts, one each: NDJSON of any length, or one JSON array. */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { PedigreeError, required } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';

export interface DeclarationSource {
  readonly stream: Readable;
  /** Undefined where the end is not known beforehand. */
  readonly bytes: number | undefined;
}

/** Longest array or line, in characters: it is held in memory, a stream of lines is not. */
const MAX_HELD = 256 * 1_048_576;

/** `-` is standard input. Error: `BAD_INPUT` for a file that cannot be read. */
export async function openDeclarations(file: string): Promise<DeclarationSource> {
  if (file === '-') return { stream: process.stdin, bytes: undefined };
  // npm runs commands in the project's folder and says here where it was called.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  try {
    const { size } = await stat(path);
    const stream = createReadStream(path);
    await once(stream, 'open');
    return { stream, bytes: size };
  } catch (error) {
    throw new PedigreeError('BAD_INPUT', required('FILE must be a file that can be read', path), {}, error);
  }
}

/** The texts, in order, read no faster than they are taken. Errors: those of `parseStrictJson`, for an array. */
export async function* declarationLines({ stream }: DeclarationSource): AsyncGenerator<string> {
  let array: string[] | undefined;
  let begun = false;
  let length = 0;
  for await (const line of linesOf(stream)) {
    if (line.trim() === '') continue;
    if (!begun && line.trimStart().startsWith('[')) array = [];
    begun = true;
    if (array === undefined) yield line;
    else {
      array.push(line);
      length += line.length;
      if (length > MAX_HELD) throw tooLong();
    }
  }
  if (array) yield* elementsOf(array.join('\n'));
}

/** Lines of UTF-8; the last one needs no end. Bytes that are no UTF-8 are refused, because decoding would change them. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + decode(decoder, chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_HELD) throw tooLong();
    yield* lines;
  }
  yield rest + decode(decoder);
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    throw new PedigreeError(
      'BAD_JSON',
      'JSON text must be UTF-8 (RFC 8259 §8.1), but the file is not',
      {},
      error,
    );
  }
}

function elementsOf(text: string): string[] {
  const value = parseStrictJson(text);
  if (!Array.isArray(value)) throw new PedigreeError('BAD_INPUT', required('an array is required', value));
  return value.map((element) => JSON.stringify(element));
}

function tooLong(): PedigreeError {
  return new PedigreeError(
    'BATCH_TOO_LARGE',
    `an array or a line may have at most ${String(MAX_HELD)} characters: write one declaration a line (NDJSON), of which there may be any number`,
  );
}
