/** `pedigree serve` and `pedigree token` as processes: what they print, write, refuse, and leave behind: nothing. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { freshDatabase, testDatabase } from '../support/database.js';
import { artifact } from '../support/declarations.js';
import { SpawnedCommand, type SpawnOptions } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const commands: SpawnedCommand[] = [];

beforeEach(async () => {
  await freshDatabase();
});

afterEach(async () => {
  for (const command of commands.splice(0)) await command.dispose();
});

function databaseEnv(): Record<string, string> {
  const { uri, user, password } = testDatabase();
  return { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password };
}

function pedigree(args: readonly string[], options: Partial<SpawnOptions> = {}): SpawnedCommand {
  const command = new SpawnedCommand(args, { ...options, env: { ...databaseEnv(), ...options.env } });
  commands.push(command);
  return command;
}

/** A command that is expected to fail: its exit code and what it said. */
async function failure(command: SpawnedCommand): Promise<{ code: unknown; said: string }> {
  return { code: await command.ended, said: command.stderr };
}

describe('serve', () => {
  test('tells its address, serves with a token of the command, and stops at Ctrl-C', async () => {
    const server = pedigree(['serve']);
    const url = await server.url();
    expect(server.announced()).toMatchObject({ url, pid: server.child.pid });
    expect(server.stdout).toBe('');
    expect(server.stderr).toContain(`${url}/sign-in?code=`);
    const token = pedigree(['token', '--role', 'writer'], { dataDir: server.dataDir });
    expect(await token.ended).toBe(0);
    const response = await fetch(`${url}/v1/declare`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${token.stdout.trim()}` },
      body: JSON.stringify(artifact('Dataset', 'by-process')),
    });
    expect(JSON.parse(await response.text())).toMatchObject({ index: 0, leafIndex: 0 });
    expect(await server.end('SIGINT')).toBe(0);
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s stops it, too, and the folder is free again',
    async (signal) => {
      const first = pedigree(['serve']);
      await first.url();
      expect(await first.end(signal)).toBe(0);
      const second = pedigree(['serve'], { dataDir: first.dataDir });
      await second.url();
      expect(await second.end()).toBe(0);
    },
  );

  test('after a kill -9 the next one starts', async () => {
    const first = pedigree(['serve']);
    await first.url();
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    const second = pedigree(['serve'], { dataDir: first.dataDir });
    expect(await second.url()).toMatch(/^http:/);
  });
});

describe('serve refuses, with exit code 5 and what to do', () => {
  test('a busy port', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const { code, said } = await failure(pedigree(['serve'], { env: { PEDIGREE_PORT: String(port) } }));
    blocker.close();
    expect(code).toBe(5);
    expect(said).toContain(`port ${port} on 127.0.0.1 must be free`);
    expect(said).toContain('set PEDIGREE_PORT to another (0 picks a free one) (PORT_IN_USE)');
  });

  test('a second server on the same data folder, and the first goes on', async () => {
    const first = pedigree(['serve']);
    const url = await first.url();
    const { code, said } = await failure(pedigree(['serve'], { dataDir: first.dataDir }));
    expect(code).toBe(5);
    expect(said).toContain('(ALREADY_RUNNING)');
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(first.announced().url).toBe(url);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a wrong password',
      { NEO4J_PASSWORD: 'not-this-one' },
      /must accept NEO4J_USERNAME and NEO4J_PASSWORD.*\(CONFIGURATION\)/,
    ],
    [
      'a database that does not answer',
      { NEO4J_URI: 'bolt://127.0.0.1:9' },
      /Neo4j at bolt:\/\/127\.0\.0\.1:9 must answer.*\(DATABASE_UNAVAILABLE\)/s,
    ],
    [
      'a database address that is none',
      { NEO4J_URI: 'localhost' },
      /NEO4J_URI must be an address like.*\(CONFIGURATION\)/,
    ],
    [
      'a port that is none',
      { PEDIGREE_PORT: '70000' },
      /PEDIGREE_PORT must be an integer from 0 to 65535.*\(CONFIGURATION\)/,
    ],
  ])('%s', async (_name, env, message) => {
    const server = pedigree(['serve'], { env });
    const { code, said } = await failure(server);
    expect(code).toBe(5);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/not-this-one|\n\s+at /);
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false);
  });
});

describe('token', () => {
  test('needs the keys of a server that ran here', async () => {
    const { code, said } = await failure(
      pedigree(['token', '--role', 'reader'], { dataDir: temporaryFolder() }),
    );
    expect(code).toBe(5);
    expect(said).toContain('run "npm start" once');
  });

  test('refuses an unknown role, and names the known ones', async () => {
    const { code, said } = await failure(
      pedigree(['token', '--role', 'boss'], { dataDir: temporaryFolder() }),
    );
    expect(code).toBe(2);
    expect(said).toContain(
      '--role must be one of reader, writer, governance, auditor, admin, but got: "boss"',
    );
  });
});
