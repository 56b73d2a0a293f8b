/** Where a check that was interrupted goes on: a small file, replaced as a whole, so that a crash leaves the last one. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { PedigreeError } from '../domain/errors.js';

/** Undefined if there is none. Error: `CONFIGURATION` for a file that is no state. */
export function readStateFile(path: string): { readonly format: number } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as { readonly format: number };
    if (state.format === 2) return state;
  } catch {
    // Said below: whatever the file holds, it is no state.
  }
  throw new PedigreeError(
    'CONFIGURATION',
    `${path} must be the state of an interrupted fsck: delete it, or give --restart`,
  );
}

export function writeStateFile(path: string, state: object): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`);
  renameSync(`${path}.new`, path);
}

export function removeStateFile(path: string): void {
  rmSync(path, { force: true });
}
