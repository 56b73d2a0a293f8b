/** Where the demo's own files are. The same code runs from `demo/` and, compiled, from `dist/demo/`. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: the nearest one above this module that has a `package.json`. */
export const PROJECT_FOLDER = projectAbove(dirname(fileURLToPath(import.meta.url)));

/** Reads a text file of the project; the path is relative to the project's folder. */
export function readProjectFile(path: string): string {
  return readFileSync(join(PROJECT_FOLDER, path), 'utf8');
}

function projectAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('a package.json is required in a folder above the demo, but there is none');
  return projectAbove(parent);
}
