/** The tables of test/integration/access/matrix: who may do what, as people have written it down. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Actor } from './actors.js';

/** Everybody by a letter, in the order of the tables. */
const LETTERS = {
  R: 'reader',
  W: 'writer',
  G: 'governance',
  A: 'auditor',
  D: 'admin',
  X: 'holder',
  P: 'holder of personal values',
} as const satisfies Record<string, Actor>;

const FOLDER = join(import.meta.dirname, '../integration/access/matrix');

/** Lines of words, without comments. */
export function readTable(name: string): string[][] {
  return readFileSync(join(FOLDER, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/ +/));
}

/** `Type.field` → who may ask for it. Every field is named once. */
export function readFields(name: string): Map<string, ReadonlySet<Actor>> {
  const decided = new Map<string, ReadonlySet<Actor>>();
  for (const [type = '', letters = '', ...fields] of readTable(name)) {
    const actors = new Set(actorsOf(letters));
    for (const field of fields) {
      const key = `${type}.${field}`;
      if (decided.has(key)) throw new Error(`${name} has ${key} twice`);
      decided.set(key, actors);
    }
  }
  return decided;
}

/** `R--A---` → reader and auditor. Throws for a letter that is out of its place. */
export function actorsOf(letters: string): Actor[] {
  const places = Object.entries(LETTERS);
  if (letters.length !== places.length)
    throw new Error(`"${letters}" must have ${String(places.length)} places`);
  return places.flatMap(([letter, actor], i) => {
    if (letters[i] === letter) return [actor];
    if (letters[i] === '-') return [];
    throw new Error(`"${letters}" has another letter than ${letter} or - at place ${String(i + 1)}`);
  });
}
