/**
 * Tells whether something made from files is still up to date: by the hash of their names and contents, kept beside the
 * result. Times would not do: a checkout makes old files new, and a removed file leaves no time behind.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** What `tsc -p tsconfig.build.json` reads. */
export const CODE = {
  sources: [
    'src',
    'demo',
    'bench',
    'scripts',
    'test/torture',
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
  ],
  stamp: 'dist/.stamp',
};

/** What the web interface is made from; it verifies evidence with the verifier's own code. */
export const APP = {
  sources: ['web/app', 'src/verify', 'src/ledger', 'src/domain', 'package-lock.json'],
  stamp: 'dist/web/app/.stamp',
};

/** What GraphiQL is made from. */
export const WEB = { sources: ['web/graphiql', 'package-lock.json'], stamp: 'dist/web/.stamp' };

/** What the verifier for browsers is made from. */
export const VERIFIER = {
  sources: ['web/verify', 'src/verify', 'src/ledger', 'src/domain', 'package-lock.json'],
  stamp: 'dist/web/verify/.stamp',
};

/** Whether the stamp was written for exactly these sources. */
export function isFresh({ sources, stamp }) {
  return read(join(ROOT, stamp)) === hashOf(sources);
}

/** Writes the stamp; `hash` is what `hashOf` gave before the result was made, so that an edit in between is noticed. */
export function writeStamp({ stamp }, hash) {
  mkdirSync(dirname(join(ROOT, stamp)), { recursive: true });
  writeFileSync(join(ROOT, stamp), hash);
}

export function hashOf(sources) {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesOf).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  let entries;
  try {
    entries = readdirSync(join(ROOT, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.filter(({ name }) => name !== 'data').flatMap(({ name }) => filesOf(`${path}/${name}`));
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
