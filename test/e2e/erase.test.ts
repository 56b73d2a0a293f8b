/** `pedigree erase` against a running server, as its users run it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { personalDecision } from '../support/erasable.js';
import { TestServer } from '../support/server.js';

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js');

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([personalDecision('loan', ['Ann Q. Public'])]);
});

afterAll(() => server.stop());

async function erase(input: string, args: readonly string[], token: string) {
  const child = spawn(process.execPath, [MAIN, 'erase', '--url', server.url, ...args], {
    env: { PATH: process.env.PATH, ...(token === '' ? {} : { PEDIGREE_TOKEN: token }) },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

describe('pedigree erase', () => {
  test('reads the name from standard input and prints the certificate, the same each time', async () => {
    const token = await server.token('governance');
    const first = await erase('Ann Q. Public\n', ['--basis', 'a request'], token);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({
      basis: 'a request',
      requestedBy: 'test-governance',
      erased: { artifacts: 1, members: 5 },
    });
    expect(first.stdout).not.toContain('Ann');
    expect(await erase('', ['--basis', 'again', '--subject', 'Ann Q. Public'], token)).toEqual(first);
  });

  test.each([
    ['governance', 'nobody', 1, 'pedigree: nothing was ever kept about a person of this name (NOT_FOUND)\n'],
    ['writer', 'nobody', 4, /^pedigree: .*ERASE_SUBJECTS.* \(FORBIDDEN\)\n$/],
  ] as const)('as %s, about %s: exit code %d', async (role, name, code, message) => {
    const answer = await erase(name, ['--basis', 'a request'], await server.token(role));
    expect(answer).toMatchObject({ code, stdout: '' });
    expect(answer.stderr).toMatch(message);
  });

  test('without a token: exit code 4', async () => {
    expect(await erase('x', ['--basis', 'a request'], '')).toMatchObject({
      code: 4,
      stderr: 'pedigree: a token is required: --token or PEDIGREE_TOKEN (UNAUTHENTICATED)\n',
    });
  });
});
