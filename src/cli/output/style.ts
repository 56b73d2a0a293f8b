/** Emphasis on a terminal that wants it: standard output is one, and NO_COLOR (no-color.org) is not set. */
import { styleText } from 'node:util';

const plain = !process.stdout.isTTY || (process.env.NO_COLOR ?? '') !== '';

export function strong(text: string): string {
  return plain ? text : styleText('bold', text);
}

export function faint(text: string): string {
  return plain ? text : styleText('dim', text);
}
