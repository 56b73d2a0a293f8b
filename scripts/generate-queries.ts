/**
 * Makes `src/store/queries.gen.ts` from `cypher/`, so that a statement's parameters and rows are checked by the
 * compiler although Cypher itself is not. `--check` writes nothing and fails when the module is stale.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { type CypherFile, parseCypherFile } from './cypher-file.js';
import { toQueryModule } from './query-module.js';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'cypher');
const TARGET = join(ROOT, 'src/store/queries.gen.ts');

function readCypherFiles(): CypherFile[] {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cypher') && !path.startsWith('migrations'))
    .toSorted();
  const parsed = paths.map((path) => ({
    path,
    ...parseCypherFile(path.slice(0, -'.cypher'.length), readFileSync(join(SOURCE, path), 'utf8')),
  }));
  const problems = parsed.flatMap(({ path, problems: found }) =>
    found.map((problem) => `cypher/${path}:${problem}`),
  );
  if (problems.length > 0) fail(problems.join('\n'));
  return parsed.map(({ file }) => file);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const made = toQueryModule(readCypherFiles());
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, made);
} else if (readFileSync(TARGET, 'utf8') !== made) {
  fail(`${relative(ROOT, TARGET)} is stale: run "npm run generate" and commit the result.`);
}
