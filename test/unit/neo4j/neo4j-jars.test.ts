import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { resolveJars } from '../../../src/neo4j/neo4j-jars.js';
import { fakeProgram } from '../../support/fake-program.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Stands for Maven: notes each call, and puts two jars where it is told to. */
const MAVEN = `
echo "$@" >> "$CALLS"
for argument; do case "$argument" in -DoutputDirectory=*) folder="\${argument#*=}";; esac; done
sleep 0.2
echo first > "$folder/a.jar"
echo second > "$folder/b.jar"`;

let cache: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  cache = temporaryFolder();
  env = await environment(MAVEN);
});

async function environment(maven: string): Promise<NodeJS.ProcessEnv> {
  const bin = await fakeProgram('mvn', maven);
  return { PATH: `${bin}:/usr/bin:/bin`, PEDIGREE_CACHE_DIR: cache, CALLS: join(cache, 'calls') };
}

const resolve = () => resolveJars({ env, log: () => undefined });
const calls = async () => (await readFile(join(cache, 'calls'), 'utf8')).trim().split('\n');

describe('resolveJars', () => {
  test('asks Maven once, and afterwards not even for its presence', async () => {
    const first = await resolve();
    expect(first.version).toMatch(/^5\.26\.\d+$/);
    expect(first.folder).toBe(join(cache, `neo4j-${first.version}`));
    expect(await readdir(first.folder)).toEqual(['a.jar', 'b.jar', 'complete.json']);

    env = { ...env, PATH: '/nowhere' };
    expect(await resolve()).toEqual(first);
    expect(await calls()).toHaveLength(1);
  });

  test('lets one of several fetch while the others wait', async () => {
    const found = await Promise.all([resolve(), resolve(), resolve()]);
    expect(new Set(found.map(({ folder }) => folder)).size).toBe(1);
    expect(await calls()).toHaveLength(1);
  });

  test.each([
    ['lost a jar', (folder: string) => rm(join(folder, 'a.jar'))],
    ['has a cut jar', (folder: string) => writeFile(join(folder, 'b.jar'), '')],
    ['was never completed', (folder: string) => rm(join(folder, 'complete.json'))],
  ])('fetches again when the cache %s', async (_what, damage) => {
    const { folder } = await resolve();
    await damage(folder);
    await resolve();
    expect(await calls()).toHaveLength(2);
    expect(await readFile(join(folder, 'b.jar'), 'utf8')).toBe('second\n');
  });

  test('without Maven, says what to install and what else would do', async () => {
    env = { ...env, PATH: '/nowhere' };
    await expect(resolve()).rejects.toMatchObject({
      code: 'MISSING_TOOL',
      message:
        'the embedded Neo4j requires Maven 3.6 or newer, but got: no mvn on PATH. ' +
        'Install it (Debian and Ubuntu: apt-get install maven; macOS: brew install maven); ' +
        'or start Docker; or set NEO4J_URI and NEO4J_PASSWORD to a Neo4j 5.26 of your own.',
    });
  });

  test.each([
    ['echo "Could not transfer artifact"; exit 1', 'DATABASE_UNAVAILABLE', 'Could not transfer artifact'],
    ['echo "No space left on device"; exit 1', 'DISK_FULL', 'No space left on device'],
  ])('tells why Maven failed: %s', async (maven, code, reason) => {
    env = await environment(maven);
    await expect(resolve()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(reason),
    });
    env = await environment(MAVEN);
    await expect(resolve()).resolves.toBeDefined();
  });
});
