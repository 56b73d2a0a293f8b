/** The tables of test/integration/access/matrix: who may do what, as a person has written it down. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Role } from '../../src/access/scopes.js';

/** Roles by their letters, in the order of the tables. */
export const LETTERS = {
  R: 'reader',
  W: 'writer',
  G: 'governance',
  A: 'auditor',
  D: 'admin',
} as const satisfies Record<string, Role>;

const FOLDER = join(import.meta.dirname, '../integration/access/matrix');

/** Lines of words, without comments. */
export function readTable(name: string): string[][] {
  return readFileSync(join(FOLDER, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/ +/));
}

/** `Type.field` → the roles that may ask for it. Every field is named once. */
export function readFields(name: string): Map<string, ReadonlySet<Role>> {
  const decided = new Map<string, ReadonlySet<Role>>();
  for (const [type = '', letters = '', ...fields] of readTable(name)) {
    const roles = new Set(rolesOf(letters));
    for (const field of fields) {
      const key = `${type}.${field}`;
      if (decided.has(key)) throw new Error(`${name} has ${key} twice`);
      decided.set(key, roles);
    }
  }
  return decided;
}

/** `R--A-` → reader and auditor. Throws for a letter that is out of its place. */
export function rolesOf(letters: string): Role[] {
  const places = Object.entries(LETTERS);
  if (letters.length !== places.length)
    throw new Error(`"${letters}" must have ${String(places.length)} places`);
  return places.flatMap(([letter, role], i) => {
    if (letters[i] === letter) return [role];
    if (letters[i] === '-') return [];
    throw new Error(`"${letters}" has another letter than ${letter} or - at place ${String(i + 1)}`);
  });
}
