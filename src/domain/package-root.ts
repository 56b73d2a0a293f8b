import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder that holds Pedigree's own `package.json`, and with it `schema/`, `cypher/` and the other files read at run
 * time. It is searched upwards from this module, because the same code runs from `src/` and from `dist/src/`.
 */
export function packageRoot(): string {
  found ??= searchUpwards(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function searchUpwards(folder: string): string {
  if (isPackageRoot(folder)) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('no package.json named "pedigree" above the running code');
  return searchUpwards(parent);
}

function isPackageRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'pedigree';
}
