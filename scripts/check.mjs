/** Runs every `check:…` script of package.json to its end, so that one run shows all findings, and fails if any did. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './stamp.mjs';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const checks = Object.keys(scripts).filter((name) => name.startsWith('check:'));

const failed = checks.filter((name) => {
  const start = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: ROOT, stdio: ['ignore', 1, 1] });
  console.log(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`,
  );
  return status !== 0;
});

if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}. Each can be run by itself: npm run -s ${failed[0]}`);
  process.exit(1);
}
