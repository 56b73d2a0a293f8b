/** `pedigree grant` against a running server, as its users run it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, edge, id } from '../support/declarations.js';
import { holderOf } from '../support/granted.js';
import { TestServer } from '../support/server.js';

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js');
const MODEL = id('Model', 'm');
const ASK = `{ artifact(id: "${id('Dataset', 'd')}") { id } }`;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  // The command reckons from the machine's clock when a grant ends.
  server.clock.now = Date.now();
  await server.declareAll([
    artifact('Dataset', 'd'),
    artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'd'))]),
  ]);
});

afterAll(() => server.stop());

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, 'grant', ...args], {
    env: {
      PATH: process.env.PATH,
      PEDIGREE_URL: server.url,
      PEDIGREE_TOKEN: await server.token('governance'),
    },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

test('a grant is issued, used, listed and revoked', async () => {
  const why = ['--holder', 'Supervisor', '--purpose', 'complaint 12', '--case', '12/7'];
  const scope = ['--direction', 'both', '--kinds', 'Model', 'Dataset', '--reveal', 'kind', '--days', '2'];
  const issued = await run('issue', MODEL, ...why, ...scope);
  expect(issued.code).toBe(0);
  const grant = JSON.parse(issued.stderr) as { id: string };
  expect(grant).toMatchObject({
    holder: 'Supervisor',
    caseRef: '12/7',
    roots: [MODEL],
    direction: 'BOTH',
    kinds: ['Dataset', 'Model'],
    reveal: 'KIND',
    personal: false,
    issuedBy: 'test-governance',
  });
  const holder = holderOf(server, grant.id, issued.stdout.trim());
  expect(await holder.ask(ASK)).toEqual({ artifact: { id: id('Dataset', 'd') } });

  const listed = await run('list');
  expect(
    listed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toEqual([grant]);

  const revoked = await run('revoke', grant.id, '--reason', 'case closed');
  expect(JSON.parse(revoked.stdout)).toMatchObject({ id: grant.id, revocation: { reason: 'case closed' } });
  expect((await holder.graphql(ASK)).status).toBe(401);
}, 60_000);

test('what is wrong is said, with an exit code', async () => {
  const bad = await run('issue', 'nonsense', '--holder', 'x', '--purpose', 'y');
  expect(bad).toMatchObject({ code: 2, stdout: '' });
  expect(bad.stderr).toContain('BAD_URN');
  expect(await run('revoke', 'none', '--reason', 'x')).toMatchObject({ code: 1, stdout: '' });
  const direction = await run('issue', MODEL, '--holder', 'x', '--purpose', 'y', '--direction', 'sideways');
  expect(direction.stderr).toContain('one of upstream, downstream, both is required');
}, 60_000);
