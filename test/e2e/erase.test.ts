/** `pedigree erase` against a running server, as its users run it. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { formatEvidence, parseEvidence } from '../../src/verify/evidence-file.js';
import type { Verdict } from '../../src/verify/index.js';
import { openEntry } from '../../src/verify/open-entry.js';
import { id } from '../support/declarations.js';
import { personalDecision } from '../support/erasable.js';
import { pedigree } from '../support/pedigree-command.js';
import { TestServer } from '../support/server.js';

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js');

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll([personalDecision('loan', ['Ann Q. Public'])]);
});

afterAll(() => server.stop());

interface Certificate {
  readonly id: string;
  readonly entries: readonly { readonly id: string; readonly digest: string; readonly leafIndex: string }[];
  readonly erased: { readonly items: { readonly items: readonly unknown[] } };
}

/** Another reason for the erasure, in the place where the log's is disclosed. */
function tellOtherBasis(disclosure: string): string {
  const told = Buffer.from(disclosure, 'base64url').toString('utf8');
  return Buffer.from(told.replace('"value/basis","a request"', '"value/basis","an order"')).toString(
    'base64url',
  );
}

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

  test('is said by an entry that anybody can check: the certificate, the evidence and pedigree verify agree', async () => {
    const token = await server.token('governance');
    const certificate = JSON.parse(
      (await erase('Ann Q. Public\n', ['--basis', 'a request'], token)).stdout,
    ) as Certificate;
    const key = (await (await fetch(`${server.url}/log/lineage/vkey`)).text()).trim();
    const file = join(server.dataDir, 'erased.json');
    const made = await pedigree(server, ['evidence', id('Prediction', 'loan'), '--output', file]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    // What the decision was made from is nobody's declaration here: exit code 2, and nothing that does not fit.
    const checked = await pedigree(server, ['verify', file, '--key', key, '--json']);
    expect([checked.code, (JSON.parse(checked.stdout) as Verdict).problems]).toEqual([2, []]);

    const text = readFileSync(file, 'utf8');
    const [entry] = certificate.entries;
    const open = parseEvidence(text).entries.map(openEntry);
    const erased = open.find(({ id: of }) => of === entry!.id)!;
    expect([erased.index, erased.digest]).toEqual([Number(entry!.leafIndex), entry!.digest]);
    expect(Object.fromEntries(erased.values)).toMatchObject({
      ...{ 'value/type': 'ERASED', 'value/erasure': certificate.id, 'value/basis': 'a request' },
      'value/values': certificate.erased.items.items,
    });
    // The entry says that five values are gone, and as many are withheld where they were declared.
    expect(open.find(({ id: of }) => of === id('Prediction', 'loan'))?.withheldValues).toBe(5);

    const other = parseEvidence(text);
    const at = other.entries.findIndex(({ index }) => index === erased.index);
    const forged = other.entries.map((one, i) =>
      i === at ? { ...one, disclosures: one.disclosures.map(tellOtherBasis) } : one,
    );
    writeFileSync(file, formatEvidence({ ...other, entries: forged }));
    const refused = await pedigree(server, ['verify', file, '--key', key]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`entry ${String(erased.index)}: the log does not commit to`);
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
