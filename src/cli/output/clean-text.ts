/** What producers wrote, made safe for a terminal: names and texts are theirs, and a terminal obeys control characters. */
import { stripVTControlCharacters } from 'node:util';

/** Without escape sequences; other control characters, and those that turn the direction of writing, are shown as `·`. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replace(
    /[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu,
    '·',
  );
}

/** One value of an answer as the text of a cell: objects as JSON, nothing as an empty text. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
