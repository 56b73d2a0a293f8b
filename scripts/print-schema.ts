/**
 * Writes the schema as served, with the policy beside each field, to `docs/schema.graphql`, so that a change of it shows
 * in review. `--check` writes nothing; it fails when the file is stale, and when a change since the main branch (on it:
 * since the commit before) breaks clients and docs/schema-changes.md does not name it word for word.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema, findBreakingChanges, lexicographicSortSchema } from 'graphql';

import { servedSchema } from './served-schema.js';

const ROOT = join(import.meta.dirname, '..');
const TARGET = 'docs/schema.graphql';
const CHANGES = 'docs/schema-changes.md';
const MADE_BY =
  '# Generated from schema/ by `npm run generate`. Do not edit: `npm run check` compares it with its source.\n';

async function printServed(): Promise<string> {
  const schema = lexicographicSortSchema(await servedSchema());
  return `${MADE_BY}${printSchemaWithDirectives(schema)}\n`;
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** The file as it was before; undefined where there is no history, or the file was not in it. */
function before(): string | undefined {
  const head = git('rev-parse', 'HEAD');
  const fork = git('merge-base', 'HEAD', 'origin/main') ?? git('merge-base', 'HEAD', 'main');
  return git('show', `${fork === undefined || fork === head ? 'HEAD^' : fork}:${TARGET}`);
}

function problems(served: string): string[] {
  if (readFileSync(join(ROOT, TARGET), 'utf8') !== served) {
    return [`${TARGET} is stale: run "npm run generate" and commit the result.`];
  }
  const old = before();
  const marked = readFileSync(join(ROOT, CHANGES), 'utf8');
  return (old === undefined ? [] : findBreakingChanges(buildSchema(old), buildSchema(served)))
    .filter(({ description }) => !marked.includes(description))
    .map(({ description }) => `A change breaks clients and ${CHANGES} does not name it: ${description}`);
}

const served = await printServed();
if (!process.argv.includes('--check')) {
  writeFileSync(join(ROOT, TARGET), served);
} else {
  const found = problems(served);
  for (const problem of found) console.error(problem);
  if (found.length > 0) process.exitCode = 1;
}
