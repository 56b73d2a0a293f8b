/** The embedded database's launcher, on folders and ports of its own: it never touches the run's shared Neo4j. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import neo4j, { type Driver } from 'neo4j-driver';

import { packageRoot } from '../../../src/domain/package-root.js';
import { claimableBoltPort } from '../../../src/neo4j/bolt-port.js';
import { type BoltVerdict, probeBolt } from '../../../src/neo4j/bolt-probe.js';
import { type RunningNeo4j, startEmbeddedNeo4j } from '../../../src/neo4j/index.js';
import { stopOrphan } from '../../../src/neo4j/launch-record.js';
import { commandOf, identityOf, isAlive } from '../../../src/neo4j/process-identity.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const heapMb = 384;
const log = (): void => undefined;

function driverFor({ uri, user, password }: RunningNeo4j): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
}

async function query(database: RunningNeo4j, text: string): Promise<unknown[]> {
  const driver = driverFor(database);
  try {
    const { records } = await driver.executeQuery(text);
    return records.map((record) => record.get(0) as unknown);
  } finally {
    await driver.close();
  }
}

const portOf = ({ uri }: RunningNeo4j): number => Number(new URL(uri).port);
const recordOf = (dataDir: string): string => join(dataDir, 'neo4j', 'run', 'launcher.json');

/** Tries the default password from before the first start until well after it. */
function tryDefaultPassword(port: number): () => Promise<Set<BoltVerdict>> {
  const verdicts = new Set<BoltVerdict>();
  const started = new AbortController();
  const attempts = (async () => {
    while (!started.signal.aborted || !verdicts.has('refused')) {
      verdicts.add(await probeBolt(port, 'neo4j', 'neo4j', 500));
      await delay(5);
    }
  })();
  return async () => {
    started.abort();
    await attempts;
    return verdicts;
  };
}

describe('a started database', () => {
  let dataDir: string;
  let database: RunningNeo4j;
  let defaultPasswordVerdicts: Set<BoltVerdict>;

  beforeAll(async () => {
    dataDir = temporaryFolder();
    const boltPort = await claimableBoltPort(0);
    const conclude = tryDefaultPassword(boltPort);
    database = await startEmbeddedNeo4j({ dataDir, boltPort, heapMb, log });
    defaultPasswordVerdicts = await conclude();
  }, 60_000);

  afterAll(() => database.stop());

  test('never opened with the default password, not even while starting', () => {
    expect(defaultPasswordVerdicts).toEqual(new Set(['unavailable', 'refused']));
  });

  test('opens with the generated password only', async () => {
    expect(database.password).toMatch(/^[0-9a-f]{64}$/);
    expect(await query(database, 'RETURN 1')).toEqual([1]);
    await expect(query({ ...database, password: 'wrong' }, 'RETURN 1')).rejects.toMatchObject({
      code: 'Neo.ClientError.Security.Unauthorized',
    });
  });

  test('keeps the password where only its owner can read it', async () => {
    const file = join(dataDir, 'neo4j', 'password');
    expect((await readFile(file, 'utf8')).trim()).toBe(database.password);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'neo4j'))).mode & 0o777).toBe(0o700);
    expect(commandOf(database.pid)).not.toContain(database.password);
  });

  // Linux answers on all of 127.0.0.0/8, so that another of its addresses tells whether only one is bound.
  (process.platform === 'linux' ? test : test.skip)('listens on 127.0.0.1 and nowhere else', async () => {
    const elsewhere = createConnection({ host: '127.0.0.2', port: portOf(database) });
    const [error] = (await once(elsewhere, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test.each([
    ['server.http.enabled', 'false'],
    ['server.https.enabled', 'false'],
    ['dbms.usage_report.enabled', 'false'],
    ['dbms.security.auth_enabled', 'true'],
    ['db.logs.query.enabled', 'OFF'],
    ['db.transaction.timeout', '10m'],
  ])('has %s = %s', async (name, value) => {
    expect(await query(database, `SHOW SETTINGS '${name}' YIELD value`)).toEqual([value]);
  });

  test.each([
    ['file:///etc/hostname', "'dbms.security.allow_csv_import_from_file_urls' is false"],
    ['http://127.0.0.1:1/data.csv', 'blocked'],
  ])('loads nothing from %s', async (url, reason) => {
    await expect(query(database, `LOAD CSV FROM '${url}' AS row RETURN row`)).rejects.toThrow(reason);
  });

  test('is out of reach of the terminal that started it', () => {
    const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(database.pid)], { encoding: 'utf8' });
    expect(Number(group)).toBe(database.pid);
  });

  test('keeps its port and its folder to itself', async () => {
    const other = temporaryFolder();
    const boltPort = portOf(database);
    await expect(startEmbeddedNeo4j({ dataDir: other, boltPort, heapMb, log })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message:
        `a free port is required for Neo4j's Bolt connector, but got: ${boltPort}, which another process listens on. ` +
        'Stop that process, or choose another port (0 picks a free one).',
    });
    await expect(startEmbeddedNeo4j({ dataDir, heapMb, log })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    expect(existsSync(recordOf(other))).toBe(false);
    expect(await query(database, 'RETURN 1')).toEqual([1]);
  });
});

describe('stopping and starting again', () => {
  let dataDir: string;

  beforeAll(() => {
    dataDir = temporaryFolder();
  });

  test('stop leaves no process and no record, an abandoned database is stopped, and the data stays', async () => {
    const { child, pid } = await launchAndAbandon(dataDir);
    expect(child.signalCode).toBe('SIGKILL');
    const orphan = identityOf(pid)!;
    expect(isAlive(orphan)).toBe(true);

    const lines: string[] = [];
    const database = await startEmbeddedNeo4j({ dataDir, heapMb, log: (line) => lines.push(line) });
    expect(lines[0]).toBe(`stopping the Neo4j that an interrupted run left behind (process ${pid})`);
    expect(isAlive(orphan)).toBe(false);
    expect(await query(database, 'MATCH (n:Kept) RETURN n.value')).toEqual([42]);

    const running = identityOf(database.pid)!;
    await Promise.all([database.stop(), database.stop()]);
    expect(isAlive(running)).toBe(false);
    expect(existsSync(recordOf(dataDir))).toBe(false);
    expect(await probeBolt(portOf(database), 'neo4j', database.password)).toBe('unavailable');
  }, 60_000);

  test('a wrong password file is an error, and nothing is left running', async () => {
    const file = join(dataDir, 'neo4j', 'password');
    const password = await readFile(file, 'utf8');
    await writeFile(file, 'wrong\n');
    await expect(startEmbeddedNeo4j({ dataDir, heapMb, log })).rejects.toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining("the database's own password is required in"),
    });
    expect(existsSync(recordOf(dataDir))).toBe(false);

    await rm(file);
    await expect(startEmbeddedNeo4j({ dataDir, heapMb, log })).rejects.toThrow('but got: no such file');
    await writeFile(file, password);
  }, 60_000);

  test('a start can be interrupted, and a death that nobody asked for is reported', async () => {
    const interrupt = new AbortController();
    const starting = startEmbeddedNeo4j({ dataDir, heapMb, log, signal: interrupt.signal });
    const pid = await recordedPid(dataDir);
    interrupt.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
    expect(identityOf(pid)).toBeUndefined();

    const death = new Promise<Error>((resolve) => {
      void startEmbeddedNeo4j({ dataDir, heapMb, log, onExit: resolve }).then((database) => {
        process.kill(database.pid, 'SIGKILL');
      });
    });
    expect(await death).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('it ended (signal SIGKILL)'),
    });
    expect(existsSync(recordOf(dataDir))).toBe(false);
  }, 60_000);

  test('a process that was given the number of a dead database is not touched', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    const identity = identityOf(stranger.pid!)!;
    const record = { ...identity, boltPort: 1, launcher: { pid: 2 ** 30, startTime: '1' } };
    await writeFile(recordOf(dataDir), JSON.stringify(record));
    await stopOrphan(join(dataDir, 'neo4j'), log);
    expect(isAlive(identity)).toBe(true);
    expect(existsSync(recordOf(dataDir))).toBe(false);
    stranger.kill();
  });
});

test('without Java or Maven nothing is started and nothing is left', async () => {
  const dataDir = temporaryFolder();
  const nothing = temporaryFolder();
  await expect(startEmbeddedNeo4j({ dataDir, log, env: { PATH: nothing } })).rejects.toMatchObject({
    code: 'MISSING_TOOL',
    message: expect.stringContaining('requires Java 17 or newer'),
  });
  expect(await readdir(join(dataDir, 'neo4j', 'run'))).toEqual([]);
});

/** Another process launches the database, writes one node's worth of data through it, and is then killed. */
async function launchAndAbandon(dataDir: string): Promise<{ child: ChildProcess; pid: number }> {
  const script = `
    import { startEmbeddedNeo4j } from ${JSON.stringify(join(packageRoot(), 'src/neo4j/index.ts'))};
    const database = await startEmbeddedNeo4j({ dataDir: ${JSON.stringify(dataDir)}, heapMb: ${heapMb}, log() {} });
    console.log(JSON.stringify(database));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const database = JSON.parse(line.toString()) as RunningNeo4j;
  await query(database, 'CREATE (:Kept {value: 42})');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { child, pid: database.pid };
}

/** Waits for the start to get as far as a running process. */
async function recordedPid(dataDir: string): Promise<number> {
  while (!existsSync(recordOf(dataDir))) await delay(20);
  return (JSON.parse(await readFile(recordOf(dataDir), 'utf8')) as { pid: number }).pid;
}
