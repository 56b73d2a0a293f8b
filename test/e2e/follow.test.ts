/** `pedigree follow` and `pedigree log` as their users run them: as processes, against a server over HTTP. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact } from '../support/declarations.js';
import { TestServer } from '../support/server.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const state = join(folder, 'seen.checkpoint');
let server: TestServer;
let key: string;
/** Between the follower and the log: answers from `lies`, by path, before it asks the log. */
let proxy: Server;
const lies = new Map<string, Buffer>();

beforeAll(async () => {
  server = await TestServer.start();
  const announced = JSON.parse(readFileSync(join(server.dataDir, 'server.json'), 'utf8')) as {
    verifierKeys: { lineage: string };
  };
  key = announced.verifierKeys.lineage;
  proxy = createServer((request, response) => {
    const lie = lies.get(request.url!.replace('/log/lineage/', ''));
    if (lie) response.end(lie);
    else {
      const headers = request.headers.authorization ? { Authorization: request.headers.authorization } : {};
      void fetch(`${server.url}${request.url}`, { headers }).then(async (answer) => {
        response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
      });
    }
  }).listen(0, '127.0.0.1');
});

afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await server.stop();
});

const proxyUrl = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/log/lineage`;

async function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: unknown; lines: unknown[]; stderr: string }> {
  const command = new SpawnedCommand(args, { env, dataDir: folder });
  const code = await command.ended;
  const lines = command.stdout.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line) => JSON.parse(line) as unknown), stderr: command.stderr };
}

const follow = (url: string, ...more: string[]): ReturnType<typeof run> =>
  run(['follow', url, '--key', key, '--state', state, '--once', ...more]);

async function declareAndWait(count: number, size: number): Promise<void> {
  await server.declareAll(Array.from({ length: count }, (_, i) => artifact('Dataset', `d${size}-${i}`)));
  for (;;) {
    const note = await (await fetch(`${server.url}/log/lineage/checkpoint`)).text();
    if (note.split('\n')[1] === String(size)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('pedigree follow', () => {
  test('keeps a copy of the last checkpoint and proves the next one', async () => {
    await declareAndWait(300, 300);
    const first = await follow(`${server.url}/log/lineage/`);
    expect(first).toMatchObject({ code: 0, lines: [{ size: 300 }], stderr: '' });
    expect(readFileSync(state, 'utf8')).toContain('\n300\n');
    await declareAndWait(30, 330);
    expect(await follow(`${server.url}/log/lineage`)).toMatchObject({
      code: 0,
      lines: [{ size: 330, from: 300 }],
    });
    const token = await server.token('auditor');
    expect(await follow(proxyUrl(), '--all', '--entries', '--token', token)).toMatchObject({ code: 0 });
  });

  test('replayed head: exit code 1, and both notes are kept', async () => {
    const old = readFileSync(state);
    await declareAndWait(10, 340);
    expect(await follow(proxyUrl())).toMatchObject({ code: 0 });
    lies.set('checkpoint', old);
    expect(await follow(proxyUrl())).toMatchObject({
      code: 1,
      lines: [{ finding: 'ROLLED_BACK', message: 'the log had 340 entries and now says 330' }],
    });
    lies.clear();
    expect(readFileSync(state, 'utf8')).toContain('\n340\n');
    expect(readFileSync(`${state}.refused`)).toEqual(old);
  });

  test('altered tile: exit code 1; withheld entries: exit code 2', async () => {
    lies.set('tile/0/000', Buffer.alloc(8_192));
    expect(await follow(proxyUrl(), '--all')).toMatchObject({
      code: 1,
      lines: [
        { finding: 'TILE_ALTERED', message: 'tile/0/000 is not the one whose hash is in tile/1/000.p/1' },
      ],
    });
    lies.clear();
    const token = await server.token('reader');
    expect(await follow(proxyUrl(), '--all', '--entries', '--token', token)).toMatchObject({
      code: 2,
      lines: [{ finding: 'WITHHELD' }],
    });
  });

  test('a mirror in a folder is checked without a network', async () => {
    const mirror = join(folder, 'mirror');
    const token = await server.token('auditor');
    const paths = ['checkpoint', 'tile/0/000', 'tile/0/001.p/84', 'tile/1/000.p/1'];
    for (const path of [...paths, 'tile/entries/000', 'tile/entries/001.p/84']) {
      const response = await fetch(`${server.url}/log/lineage/${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      mkdirSync(dirname(join(mirror, path)), { recursive: true });
      writeFileSync(join(mirror, path), Buffer.from(await response.arrayBuffer()));
    }
    const url = pathToFileURL(mirror).href;
    expect(await follow(url, '--all', '--entries')).toMatchObject({ code: 0, lines: [{ size: 340 }] });
    rmSync(join(mirror, 'tile/entries/000'));
    expect(await follow(url, '--all', '--entries')).toMatchObject({
      code: 2,
      lines: [{ finding: 'WITHHELD' }],
    });
  });

  test('a copy that is no checkpoint: exit code 3; no server: 5; no key: 2', async () => {
    const broken = join(folder, 'broken');
    writeFileSync(broken, 'nonsense');
    const args = ['follow', proxyUrl(), '--once', '--key', key];
    expect(await run([...args, '--state', broken])).toMatchObject({
      code: 3,
      lines: [{ finding: 'STATE_UNREADABLE' }],
    });
    const none = join(folder, 'none');
    expect(
      await run(['follow', 'http://127.0.0.1:1/log', '--once', '--key', key, '--state', none]),
    ).toMatchObject({
      code: 5,
      lines: [{ finding: 'UNREACHABLE' }],
    });
    expect(await run(['follow', proxyUrl(), '--once', '--key', 'x'])).toMatchObject({ code: 2 });
    expect(existsSync(none)).toBe(false);
  });
});

describe('pedigree log', () => {
  test('status says each log’s head and key', async () => {
    const { code, lines } = await run(['log', 'status'], { PEDIGREE_KEYS_DIR: server.keysDir });
    expect(code).toBe(0);
    expect(lines).toMatchObject([
      { log: 'lineage', treeSize: 340, verifierKey: key, standing: 'SOUND' },
      { log: 'access', treeSize: 0, standing: 'SOUND' },
    ]);
  });

  test('new-origin is refused while nothing is lost, and before a server has run', async () => {
    const args = ['log', 'new-origin', '--lost', '1-2', '--reason', 'none'];
    const refused = await run(args, { PEDIGREE_KEYS_DIR: server.keysDir });
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('start one first')]);
    expect(await run(['log', 'status'])).toMatchObject({ code: 5 });
  });
});
