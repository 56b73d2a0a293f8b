/** Evidence files as a server makes them, through GraphQL, HTTP and the command line, verified with its public key alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Role } from '../../../src/access/scopes.js';
import { verifyEvidence, type Verdict } from '../../../src/verify/index.js';
import { parseEvidence } from '../../../src/verify/evidence-file.js';
import { testDriver } from '../../support/database.js';
import { artifact, edge, id } from '../../support/declarations.js';
import { STORY } from '../../support/evidence-cases.js';
import { richLog } from '../../support/rich-log.js';
import { SpawnedCommand } from '../../support/spawned-server.js';
import { TestServer } from '../../support/server.js';

const DECIDED = id('Prediction', 'decided');
let server: TestServer;
let key: string;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(STORY);
  await server.declareAll(richLog(300));
  key = (await (await fetch(`${server.url}/log/lineage/vkey`)).text()).trim();
}, 60_000);

afterAll(() => server.stop());

async function get(query: string, role: Role = 'auditor'): Promise<Response> {
  return fetch(`${server.url}/v1/evidence?${query}`, {
    headers: { Authorization: `Bearer ${await server.token(role)}` },
  });
}

async function fileOf(of: string, role: Role = 'auditor', rest = ''): Promise<string> {
  const response = await get(`of=${encodeURIComponent(of)}${rest}`, role);
  expect(response.status).toBe(200);
  return response.text();
}

function verify(text: string, seen?: string): Verdict {
  return verifyEvidence(text, { key, ...(seen === undefined ? {} : { seen }) });
}

describe('GET /v1/evidence', () => {
  test('proves a decision’s whole ancestry, with personal values for who may read them', async () => {
    const text = await fileOf(DECIDED);
    expect(verify(text)).toMatchObject({
      outcome: 'VERIFIED',
      question: { of: DECIDED },
      proved: { artifacts: 7, attestations: 4 },
      withheld: [],
    });
    expect(parseEvidence(text).answer.artifacts.map(({ id: of }) => of)).toContain(id('Dataset', 'raw'));
    expect(parseEvidence(text).answer.edges).not.toContainEqual(
      expect.objectContaining({ from: id('Model', 'scorer'), to: id('Dataset', 'other') }),
    );
  });

  test('says how much is withheld from a reader of no personal values, and discloses none of it', async () => {
    const text = await fileOf(DECIDED, 'reader');
    expect(verify(text)).toMatchObject({
      outcome: 'VERIFIED',
      withheld: [{ id: DECIDED, values: 4, edges: 0 }],
    });
    const disclosed = parseEvidence(text).entries.flatMap(({ disclosures }) =>
      disclosures.map((item) => Buffer.from(item, 'base64url').toString()),
    );
    expect(disclosed.filter((item) => /applicant-9|debt|1e-7/.test(item))).toEqual([]);
    expect(disclosed.some((item) => item.includes('"value/outcome","DENY"'))).toBe(true);
  });

  test('is as of a point, and says what an ancestry lacks', async () => {
    const text = await fileOf(id('Transform', 'clean'), 'reader', '&asOf=3');
    expect(verify(text)).toMatchObject({
      outcome: 'INCOMPLETE',
      question: { asOf: 3 },
      missing: [{ id: id('Dataset', 'read'), namedBy: [id('Transform', 'clean')] }],
    });
  });

  test('proves that the log only grew since a checkpoint that the reader has', async () => {
    const seen = await (await fetch(`${server.url}/log/lineage/checkpoint`)).text();
    const size = seen.split('\n')[1]!;
    await server.declareAll([artifact('Dataset', 'since', [edge('PRODUCED_BY', id('Transform', 'clean'))])]);
    const linked = verify(await fileOf(id('Dataset', 'since'), 'reader', `&since=${size}`), seen);
    expect(linked).toMatchObject({ outcome: 'VERIFIED', checkpoint: { extends: Number(size) } });
    const unlinked = verify(await fileOf(id('Dataset', 'since'), 'reader'), seen);
    expect(unlinked.unproved.join()).toContain('pedigree follow');
  });

  test('verifies for everything that an entry can hold', async () => {
    for (const of of [
      id('Model', 'rich'),
      id('Prediction', 'rich'),
      id('Dataset', 'rich'),
      id('FeatureDef', 'rich'),
    ]) {
      const { outcome, problems } = verify(await fileOf(of));
      expect({ outcome, problems }).toEqual({ outcome: 'INCOMPLETE', problems: [] });
    }
  });

  test('verifies after a person was erased, who then is withheld for everybody', async () => {
    await server.declareAll([
      {
        ...(STORY.find((item) => item.id === DECIDED) as (typeof STORY)[0]),
        id: id('Prediction', 'erased'),
        subjects: ['applicant-10'],
      },
    ]);
    const before = await fileOf(id('Prediction', 'erased'));
    await server.ask(
      'mutation { eraseSubject(subject: "applicant-10", basis: "asked") { id } }',
      {},
      'governance',
    );
    const after = verify(await fileOf(id('Prediction', 'erased')));
    expect(verify(before).outcome).toBe('VERIFIED');
    expect(after).toMatchObject({
      outcome: 'VERIFIED',
      withheld: [{ id: id('Prediction', 'erased'), values: 4 }],
    });
  });

  test.each([
    ['of=nonsense', 400, 'BAD_URN'],
    ['of=dataset:test/nobody@1', 404, 'NOT_FOUND'],
    ['of=dataset:test/raw@1&asOf=99999999', 400, 'AS_OF_IN_FUTURE'],
    ['of=dataset:test/raw@1&since=0', 400, 'BAD_INPUT'],
    ['of=dataset:test/raw@1&since=x', 400, 'BAD_INPUT'],
    ['of=dataset:test/raw@1&of=dataset:test/raw@1', 400, 'BAD_INPUT'],
  ])('%s → %i %s', async (query, status, code) => {
    const response = await get(query);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  test('is for nobody without a token', async () => {
    expect((await fetch(`${server.url}/v1/evidence?of=x`)).status).toBe(401);
  });

  test('is never given out when the graph is not what the log has signed', async () => {
    const driver = testDriver();
    const set = 'MATCH (d:Dataset {id: $of}) SET d.values = replace(d.values, $a, $b)';
    await driver.executeQuery(set, { of: id('Dataset', 'raw'), a: '2381', b: '2382' });
    const broken = await get(`of=${id('Dataset', 'raw')}`)
      .then(
        (response) => response.text(),
        () => '',
      )
      .catch(() => '');
    await driver.executeQuery(set, { of: id('Dataset', 'raw'), a: '2382', b: '2381' });
    await driver.close();
    expect(verify(broken).outcome).toBe('UNREADABLE');
    expect(verify(await fileOf(id('Dataset', 'raw'))).outcome).toBe('VERIFIED');
  });
});

describe('evidence over GraphQL', () => {
  const QUERY = 'query ($of: ID!) { evidence(of: $of) { of asOf treeSize entries file } }';

  test('is the same file', async () => {
    const { evidence } = await server.ask(QUERY, { of: DECIDED }, 'reader');
    expect(evidence).toMatchObject({ of: DECIDED, entries: 11, treeSize: evidence.asOf });
    expect(evidence.file).toBe(await fileOf(DECIDED, 'reader'));
  });

  test('waits until what was just declared is signed', async () => {
    await server.declareAll([artifact('Dataset', 'just-now')]);
    const { evidence } = await server.ask(QUERY, { of: id('Dataset', 'just-now') }, 'reader');
    expect(verify(evidence.file).outcome).toBe('VERIFIED');
  });
});

describe('the command line', () => {
  const run = async (args: readonly string[], env: Record<string, string> = {}) => {
    const command = new SpawnedCommand(args, { env, dataDir: server.dataDir });
    return { code: await command.ended, command };
  };

  test('pedigree evidence gets a file, pedigree verify checks it without anything', async () => {
    const file = join(server.dataDir, 'evidence.json');
    const token = await server.token('reader');
    const made = await run(['evidence', DECIDED, '--url', server.url, '--output', file], {
      PEDIGREE_TOKEN: token,
    });
    expect(made.code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(await fileOf(DECIDED, 'reader'));

    const good = await run(['verify', file, '--key', key]);
    expect(good.code).toBe(0);
    expect(good.command.stdout).toMatch(/^VERIFIED: the whole ancestry is proved\./);
    expect(good.command.stdout).toMatch(/withheld {3}prediction:test\/decided@1: 4 values/);
    expect(good.command.stdout).toMatch(/not proved not replayed/);

    writeFileSync(file, readFileSync(file, 'utf8').replace('"depth":1', '"depth":3'));
    const bad = await run(['verify', file, '--key', key, '--json']);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.command.stdout)).toMatchObject({
      outcome: 'ALTERED',
      problems: [{ part: 'answer.artifacts[1]' }],
    });
  });

  test('exit codes for what is incomplete, unreadable and refused', async () => {
    const file = join(server.dataDir, 'incomplete.json');
    writeFileSync(file, await fileOf(id('Transform', 'clean'), 'reader', '&asOf=3'));
    const [incomplete, none, noKey, refused] = await Promise.all([
      run(['verify', file, '--key', key]),
      run(['verify', join(server.dataDir, 'no-such-file'), '--key', key]),
      run(['verify', file, '--key', 'nobody']),
      run(['evidence', 'nonsense', '--url', server.url, '--token', await server.token('reader')]),
    ]);
    expect([incomplete.code, none.code, noKey.code, refused.code]).toEqual([2, 3, 2, 2]);
    expect(incomplete.command.stdout).toContain(
      'missing    dataset:test/read@1, named by transform:test/clean@1',
    );
    expect(refused.command.stderr).toContain('BAD_URN');
  });
});
