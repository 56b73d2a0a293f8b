/** The elements of a JSON array as they stand in the text, so that each can be kept exactly as it was sent. */
import { PedigreeError, required } from '../../domain/errors.js';

/** Errors: `BAD_JSON`, `BAD_INPUT` if the text is no array. */
export function elementsOf(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PedigreeError(
      'BAD_JSON',
      `a JSON array of events is required, but: ${(error as Error).message}`,
      {},
      error,
    );
  }
  if (!Array.isArray(value))
    throw new PedigreeError('BAD_INPUT', required('the body must be a JSON array of events', value));
  return value.length === 0 ? [] : split(text.trim().slice(1, -1));
}

/** Splits at the commas outside of every bracket and string; the text is known to be valid. */
function split(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--;
    else if (code === COMMA && depth === 0) {
      elements.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...elements, text.slice(start).trim()];
}

/** The position of the closing quote of the string that opens at `start`: the next one that no odd number of `\\` is before. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
