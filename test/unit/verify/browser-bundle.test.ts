/** The verifier as it is built for browsers: it runs where there are no modules of Node, and gives the same verdicts. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, SourceTextModule } from 'node:vm';
import { beforeAll, expect, test } from '@jest/globals';

import { verifyEvidence } from '../../../src/verify/index.js';
import { evidenceCases } from '../../support/evidence-cases.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ROOT = join(import.meta.dirname, '../../..');
const outDir = temporaryFolder();

let verifyInBrowser: typeof verifyEvidence;

beforeAll(async () => {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, 'web/verify'];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
  // Of what Node adds to the language, only what every browser has as well.
  const context = createContext({ TextEncoder, TextDecoder });
  const code = readFileSync(join(outDir, 'pedigree-verify.js'), 'utf8');
  const module = new SourceTextModule(code, { context });
  await module.link((name) => {
    throw new Error(`the bundle must import nothing, but imports ${name}`);
  });
  await module.evaluate();
  verifyInBrowser = (module.namespace as { verifyEvidence: typeof verifyEvidence }).verifyEvidence;
}, 120_000);

test('gives the verdicts of the verifier in Node', async () => {
  const { key, cases } = await evidenceCases();
  for (const { name, text, seen } of cases) {
    const options = { key, ...(seen === undefined ? {} : { seen }) };
    const verdict = JSON.parse(JSON.stringify(verifyInBrowser(text, options))) as object;
    expect({ name, ...verdict }).toEqual({ name, ...verifyEvidence(text, options) });
  }
});
