import { delimiter, join } from 'node:path';
import { mkdir, rename } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import { findJava, javaMajor } from '../../../src/neo4j/java-runtime.js';
import { fakeProgram } from '../../support/fake-program.js';

async function fakeJava(version: string): Promise<string> {
  return fakeProgram('java', `echo 'openjdk version "${version}" 2024-01-16' >&2`);
}

describe('findJava', () => {
  test('without any Java, says what to install and what else would do', async () => {
    const PATH = await fakeProgram('something-else', '');
    await expect(findJava({ PATH })).rejects.toMatchObject({
      code: 'MISSING_TOOL',
      message:
        'the embedded Neo4j requires Java 17 or newer, but got: no working java on PATH or in JAVA_HOME. ' +
        'Install it (Debian and Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17); ' +
        'or start Docker; or set NEO4J_URI and NEO4J_PASSWORD to a Neo4j 5.26 of your own.',
    });
  });

  test('refuses an old Java and names its version', async () => {
    const PATH = await fakeJava('11.0.22');
    await expect(findJava({ PATH })).rejects.toMatchObject({
      code: 'MISSING_TOOL',
      message: expect.stringContaining('Java 17 or newer, but got: 11.0.22 (java)'),
    });
  });

  test('prefers JAVA_HOME, and passes it over when it is too old', async () => {
    const home = await fakeJava('1.8.0_392');
    await mkdir(join(home, 'bin'));
    await rename(join(home, 'java'), join(home, 'bin', 'java'));
    const current = await fakeJava('21.0.2');

    expect(await findJava({ PATH: current, JAVA_HOME: home })).toBe('java');
    await expect(findJava({ PATH: delimiter, JAVA_HOME: home })).rejects.toThrow('1.8.0_392');
  });
});

test.each([
  ['17.0.15', 17],
  ['21', 21],
  ['25-ea', 25],
  ['1.8.0_392', 8],
  ['nonsense', 0],
])('javaMajor(%s) is %i', (version, major) => {
  expect(javaMajor(version)).toBe(major);
});
