/**
 * Which database is found. No Docker engine is needed: the `docker` on PATH is a script that notes how it is called and
 * publishes the port of the run's real Neo4j.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import { type DatabaseSearch, findDatabase } from '../../../src/neo4j/index.js';
import { testDatabase } from '../../support/database.js';
import { fakeProgram } from '../../support/fake-program.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const real = testDatabase();
const log = (): void => undefined;

let dataDir: string;
let calls: string;

beforeEach(() => {
  dataDir = temporaryFolder();
  calls = join(dataDir, 'docker-calls');
});

/** A Docker whose answers are given by subcommand; the rest succeeds silently. */
async function search(answers: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<DatabaseSearch> {
  const cases = Object.entries(answers).map(([command, script]) => `  *" ${command} "*) ${script};;`);
  const docker = await fakeProgram(
    'docker',
    [`echo "$@" >> '${calls}'`, 'case " $* " in', ...cases, 'esac'].join('\n'),
  );
  return { env: { PATH: [docker, process.env.PATH].join(delimiter), ...env }, dataDir, log };
}

/** The Docker database has this password: as if an earlier run had generated it. */
async function keepPassword(password: string): Promise<void> {
  await mkdir(join(dataDir, 'neo4j-docker'));
  await writeFile(join(dataDir, 'neo4j-docker', 'password'), `${password}\n`);
}

/** What compose was asked, without the arguments that choose project and file. */
async function composeCalls(): Promise<string[]> {
  const lines = (await readFile(calls, 'utf8')).trim().split('\n');
  return lines
    .filter((line) => line.includes('--file'))
    .map((line) => line.replace(/^.*docker-compose\.yml /, ''));
}

const published = `echo 127.0.0.1:${new URL(real.uri).port}`;

describe('with a Docker engine', () => {
  test('takes the database of docker compose, and stops what it started', async () => {
    await keepPassword(real.password);
    const environment = join(dataDir, 'environment');
    const up = `echo "$NEO4J_BOLT_PORT $NEO4J_PASSWORD" > '${environment}'`;
    const database = await findDatabase(await search({ up, port: published }));
    expect(database).toMatchObject({ how: 'docker', user: 'neo4j', password: real.password });
    expect(new URL(database.uri).host).toBe(`127.0.0.1:${new URL(real.uri).port}`);
    expect(await readFile(environment, 'utf8')).toBe(`0 ${real.password}\n`);
    expect((await stat(join(dataDir, 'neo4j-docker', 'password'))).mode & 0o777).toBe(0o600);

    await Promise.all([database.stop(), database.stop()]);
    expect(await composeCalls()).toEqual([
      'ps --status running --quiet neo4j',
      'up --detach --wait neo4j',
      'port neo4j 7687',
      'stop neo4j',
    ]);
  });

  test('leaves a database running that ran before', async () => {
    await keepPassword(real.password);
    const database = await findDatabase(await search({ ps: 'echo 0123456789ab', port: published }));
    await database.stop();
    expect(await composeCalls()).not.toContain('stop neo4j');
  });

  test.each([
    ['a failing start', { up: 'echo "no such image" >&2; exit 1' }, 'DATABASE_UNAVAILABLE', 'no such image'],
    ['an unpublished port', { port: 'echo' }, 'DATABASE_UNAVAILABLE', "publish Bolt's port 7687"],
    ["another volume's password", { port: published }, 'CONFIGURATION', 'the password of the Docker volume'],
  ])('reports %s and stops what it started', async (_what, answers, code, message) => {
    await keepPassword('not the right one');
    await expect(findDatabase(await search(answers))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect((await composeCalls()).at(-1)).toBe('stop neo4j');
  });
});

describe('the order', () => {
  const noEngine = { info: 'exit 1' };
  /** The embedded database needs Java: without one, its error shows that it was chosen. */
  const noJava = { PATH: '', JAVA_HOME: '' };
  const chosenEmbedded = { code: 'MISSING_TOOL' };

  test('NEO4J_URI comes first and asks nobody', async () => {
    const env = { NEO4J_URI: 'bolt://graph.example:7687', NEO4J_PASSWORD: 'p' };
    const database = await findDatabase(await search({ port: published }, env));
    expect(database).toMatchObject({ how: 'external', uri: env.NEO4J_URI });
    await database.stop();
    await expect(readFile(calls)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test.each([
    ['no docker at all', () => Promise.resolve({ env: noJava, dataDir, log })],
    ['no engine', async () => withoutJava(await search(noEngine))],
    ['no compose plugin', async () => withoutJava(await search({ 'compose version': 'exit 1' }))],
    ['a mode that says so', async () => ({ ...withoutJava(await search({})), mode: 'embedded' as const })],
    [
      'an embedded database in the data folder',
      async () => {
        await mkdir(join(dataDir, 'neo4j', 'data', 'databases'), { recursive: true });
        return withoutJava(await search({}));
      },
    ],
  ])('the embedded database is taken with %s', async (_what, makeSearch) => {
    await expect(findDatabase(await makeSearch())).rejects.toMatchObject(chosenEmbedded);
  });

  test('a data folder whose database is a Docker volume is not given a second one', async () => {
    await keepPassword(real.password);
    await expect(findDatabase(await search(noEngine))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('a Docker engine is required'),
    });
  });

  /** Only the fake docker and what its script needs. */
  function withoutJava({ env, ...rest }: DatabaseSearch): DatabaseSearch {
    return { ...rest, env: { PATH: env.PATH!.split(delimiter)[0]!, JAVA_HOME: '' } };
  }
});
