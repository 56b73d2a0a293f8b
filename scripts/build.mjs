/**
 * Builds `dist/`: the server's code with tsc, and the browser's bundles with Vite when their sources have changed.
 * Everything that the tools print goes to stderr, so that `npm run -s token` prints a token and nothing else.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { compress } from './compress.mjs';
import { APP, CODE, ROOT, VERIFIER, WEB, hashOf, isFresh, writeStamp } from './stamp.mjs';

function run(tool, ...args) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', tool), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** tsc leaves the output of a removed source behind, where it would still be found and run. */
function removeOrphans(folder) {
  for (const { name, parentPath } of readdirSync(join(ROOT, 'dist', folder), {
    withFileTypes: true,
    recursive: true,
  })) {
    if (!name.endsWith('.js')) continue;
    const output = join(parentPath, name);
    const source = output.replace(join(ROOT, 'dist'), ROOT).replace(/js$/, 'ts');
    if (!existsSync(source)) rmSync(output);
  }
}

const code = hashOf(CODE.sources);
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
['src', 'demo', 'bench', 'scripts', 'test']
  .filter((folder) => existsSync(join(ROOT, 'dist', folder)))
  .forEach(removeOrphans);
writeStamp(CODE, code);

for (const [bundle, folder, served] of [
  [APP, 'web/app', 'app/assets'],
  [WEB, 'web/graphiql', 'graphiql'],
  [VERIFIER, 'web/verify'],
]) {
  if (isFresh(bundle)) continue;
  const sources = hashOf(bundle.sources);
  run('vite/bin/vite.js', 'build', '--logLevel', 'warn', folder);
  if (served !== undefined) await compress(join(ROOT, 'dist/web', served));
  writeStamp(bundle, sources);
}
