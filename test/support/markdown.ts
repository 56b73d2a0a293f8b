/** Pages of docs/ as data, so that a test can compare what they say with the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../docs');

export function readPage(name: string): string {
  return readFileSync(join(DOCS, name), 'utf8');
}

/** The code of every fenced block in one language, in order. */
export function codeBlocks(page: string, language: string): string[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code ?? '');
}

/** The rows of the first table after a heading, as cells without the marks of code; without the head. */
export function tableUnder(page: string, heading: string): string[][] {
  const at = page.search(new RegExp(`^#+ ${heading}$`, 'm'));
  if (at < 0) throw new Error(`a heading "${heading}" is required, but the page has none`);
  const [, table = ''] = /\n((?:\|.*\n)+)/.exec(page.slice(at)) ?? [];
  const rows = table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  return rows.slice(2);
}

/** The words in a cell that are marked as code. */
export function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}
