import { readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';

import { expect, test } from '@jest/globals';
import ts from 'typescript';

import { temporaryFolder } from '../../support/temporary-folder.js';

const EXAMPLES = ['docs/sdk.md', 'docs/contracts.md', 'docs/drift.md', 'README.md'].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? ''),
);

/** Type-checks the examples as modules under the project's options, with `pedigree/sdk` meaning `src/sdk`. */
function complaints(examples: readonly string[]): string[] {
  const folder = temporaryFolder();
  const files = examples.map((code, i) => {
    const file = join(folder, `example-${i}.mts`);
    writeFileSync(file, code);
    return file;
  });
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(files, {
    ...options,
    paths: { 'pedigree/sdk': [join(process.cwd(), 'src/sdk/index.ts')] },
    // The examples lie outside the project.
    rootDir: parse(folder).root,
    incremental: false,
    // An example shows what it shows: a constant that is not used again is no mistake.
    noUnusedLocals: false,
  });
  return files
    .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the pages have examples, and each compiles', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(6);
  expect(complaints(EXAMPLES)).toEqual([]);
});

test('an example that is wrong would be noticed', () => {
  expect(complaints(["import { dataset } from 'pedigree/sdk';\ndataset({ name: 1 });\n"])).toHaveLength(1);
});
