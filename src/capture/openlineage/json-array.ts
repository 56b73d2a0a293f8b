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
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ',' && depth === 0) {
      elements.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...elements, text.slice(start).trim()];
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
