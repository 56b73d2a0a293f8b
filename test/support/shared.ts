/** Files that lie beside the repository and not in it: real data, vectors, real events. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/**
 * The path of a file below the shared folder (`PEDIGREE_SHARED`, or `../shared` beside the repository). A missing one
 * throws: a test that needs it must fail and never be skipped.
 *
 * @example sharedPath('vectors/inclusion.json')
 */
export function sharedPath(relative: string): string {
  const folder = process.env.PEDIGREE_SHARED ?? join(ROOT, '../shared');
  const path = join(folder, relative);
  if (existsSync(path)) return path;
  throw new Error(
    `${path} is required, but got: no such file. Put the shared folder there or set PEDIGREE_SHARED.`,
  );
}
