import { expect, test } from '@jest/globals';

import { parseCypherFile } from '../../../scripts/cypher-file.js';
import { toQueryModule } from '../../../scripts/query-module.js';

const HEADER = '// Ends a comment */ early, and is long enough.\n// @mode read\n';

function moduleOf(...sources: (readonly [name: string, source: string])[]): string {
  return toQueryModule(sources.map(([name, source]) => parseCypherFile(name, HEADER + source).file));
}

test('names come from the path, in one order whatever the files’ order', () => {
  const a = ['log/read-head', 'RETURN 1 AS n'] as const;
  const b = ['artifact/find-it', 'RETURN 2 AS n'] as const;
  expect(moduleOf(a, b)).toBe(moduleOf(b, a));
  expect(moduleOf(a, b)).toContain(
    'export const QUERIES = [\n  artifactFindIt,\n  logReadHead,\n] as const;',
  );
});

test.each([
  ['{id: String, at: Int?}', '{ readonly id: string; readonly at: number | null }'],
  ['List<List<Float?>>?', 'ReadonlyArray<ReadonlyArray<number | null>> | null'],
  ['Any?', 'unknown'],
  ['Bytes', 'Uint8Array'],
  ['Map', 'Readonly<Record<string, unknown>>'],
])('%s is written as %s', (type, typescript) => {
  const text = moduleOf(['a/do-it', `// @param p ${type}\nRETURN $p AS n`]);
  expect(text).toContain(`export interface ADoItParams {\n  readonly p: ${typescript};\n}`);
});

test('what would end a template or a comment is escaped', () => {
  const text = moduleOf(['a/do-it', 'MATCH (n:`odd label`) RETURN "\\n" AS n']);
  expect(text).toContain('text: `MATCH (n:\\`odd label\\`) RETURN "\\\\n" AS n`');
  expect(text).toContain(' * Ends a comment *\\/ early');
});
