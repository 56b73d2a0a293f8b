/** Retention through the public door: what the rules erase, restrict and keep, as the years go by; and the log agrees each time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { FsckService } from '../../../src/governance/fsck/fsck-service.js';
import { Database } from '../../../src/store/database.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { findingsOf } from '../../support/checked-log.js';
import { testDatabase } from '../../support/database.js';
import { attestation, id } from '../../support/declarations.js';
import { decided, PURPOSE, RULES, STORY, type RetainedItem as Item } from '../../support/retained.js';
import { TestServer } from '../../support/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const ITEM = 'key action reason until by basis declarations overdue restricted erasure';
const PREVIEW = `query ($first: PageSize!, $after: String, $at: Timestamp) {
  retentionPreview(first: $first, after: $after, at: $at) { rules version items { ${ITEM} } endCursor hasNextPage }
}`;
const RUN = `mutation ($rules: String!, $first: PageSize!, $after: String) {
  runRetention(rules: $rules, first: $first, after: $after) { items { ${ITEM} } endCursor hasNextPage }
}`;
const ERASE = `mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "a request") {
  id state duty { duty dutyBasis purpose keepUntil } entries { id } erased { members } remains { statements }
} }`;
const VALUES = 'query ($id: ID!) { artifact(id: $id) { personal { path state value } } }';
const RESTRICTED = 'query ($id: ID!) { restrictedValues(id: $id) { path state value } }';

const folder = temporaryFolder();
let server: TestServer;
let database: Database;
let keyStore: EmbeddedKeyStore;
let heads: EmbeddedHeadStore;

beforeAll(async () => {
  const file = join(folder, 'rules.json');
  writeFileSync(file, JSON.stringify(RULES));
  server = await TestServer.start({ env: { PEDIGREE_RETENTION: file } });
  await server.declareAll(STORY);
  database = await Database.connect(testDatabase());
  keyStore = new EmbeddedKeyStore(server.keysDir);
  heads = new EmbeddedHeadStore(server.keysDir);
}, 60_000);

afterAll(async () => {
  await heads.close();
  await keyStore.close();
  await database.close();
  await server.stop();
});

async function keyOf(person: string): Promise<string> {
  return (await keyStore.generationsOf(person))[0]!.kid;
}

function findings(): Promise<unknown[]> {
  return findingsOf(new FsckService(database, keyStore, heads), database, keyStore);
}

/** Every item, by pages of two keys. */
async function all(query: string, field: string, variables: object = {}): Promise<Map<string, Item>> {
  const items: Item[] = [];
  for (let after: string | null = null; ;) {
    const { [field]: page } = await server.ask(query, { first: 2, after, ...variables }, 'governance');
    items.push(...(page.items as Item[]));
    if (page.hasNextPage !== true) return new Map(items.map((item) => [item.key, item]));
    after = page.endCursor as string;
  }
}

async function run(): Promise<Map<string, Item>> {
  const { retentionRules } = await server.ask('{ retentionRules { digest } }', {}, 'governance');
  return all(RUN, 'runRetention', { rules: retentionRules.digest });
}

async function states(name: string): Promise<string[]> {
  const { artifact: found } = await server.ask(VALUES, { id: id('Prediction', name) }, 'auditor');
  return [...new Set((found.personal as { state: string }[]).map(({ state }) => state))];
}

async function restricted(name: string, purpose: string | undefined, role: 'governance' | 'auditor') {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await server.token(role)}`,
      ...(purpose === undefined ? {} : { 'Pedigree-Purpose': purpose }),
    },
    body: JSON.stringify({ query: RESTRICTED, variables: { id: id('Prediction', name) } }),
  });
  return (await response.json()) as {
    data?: { restrictedValues: { path: string; state: string; value: unknown }[] } | null;
    errors?: { message: string }[];
  };
}

test('before any deadline everything is kept, each with its reason, and a preview of a later day changes nothing', async () => {
  const now = await all(PREVIEW, 'retentionPreview');
  expect(now.size).toBe(7);
  expect(now.get(await keyOf('ann'))).toMatchObject({
    action: 'KEEP',
    reason: 'NOT_YET',
    until: '2028-02-01T00:00:00.000Z',
    by: 'credit-files',
    declarations: 1,
    overdue: 0,
  });
  expect(now.get(await keyOf('bea'))).toMatchObject({ reason: 'NOT_YET', until: '2036-03-01T09:00:00.000Z' });
  expect(now.get(await keyOf('dee'))).toMatchObject({ reason: 'NO_DEADLINE', by: id('Dataset', 'dee') });
  const later = await all(PREVIEW, 'retentionPreview', { at: '2028-02-01T00:00:00Z' });
  expect(later.get(await keyOf('ann'))).toMatchObject({ action: 'ERASE', reason: 'DEADLINE_PASSED' });
  expect(await states('ann-1')).toEqual(['OPEN']);
});

test('an erasure that a duty forbids becomes a restriction, with an entry, the same each time', async () => {
  const { eraseSubject: first } = await server.ask(ERASE, { subject: 'eve' }, 'governance');
  expect(first).toMatchObject({
    state: 'RESTRICTED',
    duty: {
      duty: 'books',
      dutyBasis: 'Fiscal Code, section 147',
      purpose: PURPOSE,
      keepUntil: '2036-03-01T09:00:00.000Z',
    },
    entries: [{ id: `attestation:pedigree/restriction-${first.id as string}@1` }],
    erased: { members: 0 },
  });
  expect(first.remains.statements[0]).toMatch(/^Nothing is erased yet/);
  expect((await server.ask(ERASE, { subject: 'eve' }, 'governance')).eraseSubject).toEqual(first);
  const { artifact: kept } = await server.ask(
    `query ($id: ID!) { artifact(id: $id) { attestations { items { id type fields } } } }`,
    { id: id('Prediction', 'eve-1') },
    'reader',
  );
  expect(kept.attestations.items).toMatchObject([
    { type: 'RESTRICTED', fields: { duty: 'books', purpose: PURPOSE, part: 1, parts: 1 } },
  ]);
  expect(await findings()).toEqual([]);
});

test('restricted values are withheld from everybody, and open for the purpose of the duty alone', async () => {
  expect(await states('eve-1')).toEqual(['WITHHELD']);
  const url = `${server.url}/v1/evidence?of=${encodeURIComponent(id('Prediction', 'eve-1'))}`;
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${await server.token('auditor')}` },
  });
  expect(response.status).toBe(200);
  expect(await response.text()).not.toContain('why eve-1');
  const report = `{ subjectReport(subject: "eve") { markdown } }`;
  const { subjectReport } = await server.ask(report, {}, 'admin');
  expect(subjectReport.markdown).not.toContain('why eve-1');
  const open = await restricted('eve-1', PURPOSE, 'auditor');
  expect(open.data?.restrictedValues).toContainEqual({
    path: 'value/explanation',
    state: 'OPEN',
    value: 'why eve-1',
  });
  const { accessLog } = await server.ask('{ accessLog(first: 1) { items { purpose } } }', {}, 'auditor');
  expect(accessLog.items).toEqual([{ purpose: PURPOSE }]);
  expect((await restricted('eve-1', 'curiosity', 'auditor')).errors?.[0]?.message).toMatch(
    /Pedigree-Purpose must be "tax audit".*but got: .*curiosity/,
  );
  expect((await restricted('eve-1', undefined, 'auditor')).errors?.[0]?.message).toMatch(/tax audit/);
  expect((await restricted('eve-1', PURPOSE, 'governance')).errors).toHaveLength(1);
  expect((await restricted('ann-1', undefined, 'auditor')).data?.restrictedValues).toHaveLength(4);
});

test('what is declared about a restricted person gets a key of its own, and the same again its first receipt', async () => {
  await server.declareAll([decided('eve', 'eve-2', 'plain')]);
  expect(await states('eve-2')).toEqual(['OPEN']);
  expect(await server.declareAll([STORY[5]!])).toMatchObject([{ repeated: true }]);
  expect(await states('eve-1')).toEqual(['WITHHELD']);
});

test('a run with other rules than those previewed, with a made-up cursor, or by somebody else, is refused', async () => {
  const ask = (rules: string, after: string | null, role: 'governance' | 'auditor') =>
    server.graphql(RUN, { rules, first: 1, after }, role);
  expect((await ask('00', null, 'governance')).errors[0]).toMatchObject({
    extensions: { code: 'BAD_INPUT' },
  });
  const { retentionRules } = await server.ask('{ retentionRules { digest } }', {}, 'governance');
  const digest = retentionRules.digest as string;
  expect((await ask(digest, 'no cursor!', 'governance')).errors[0]).toMatchObject({
    extensions: { code: 'BAD_CURSOR' },
  });
  expect((await ask(digest, null, 'auditor')).errors).toHaveLength(1);
});

test('a run erases what is due, restricts what a duty or a hold keeps, and leaves the rest', async () => {
  server.clock.now = Date.parse('2028-02-01T00:00:00Z');
  await server.declareAll([{ ...decided('ann', 'ann-2', 'plain'), occurredAt: '2028-02-01T00:00:00Z' }]);
  const done = await run();
  // ann's key has a new decision now: it is kept for that, but takes no more.
  expect(done.get(await keyOf('ann'))).toMatchObject({ action: 'KEEP', reason: 'NOT_YET', overdue: 1 });
  expect((await keyStore.generationsOf('ann')).map(({ state }) => state)).toEqual(['RETIRED']);
  expect(done.get(await keyOf('bea'))).toMatchObject({
    action: 'RESTRICT',
    reason: 'DUTY',
    restricted: true,
  });
  expect(done.get(await keyOf('cy'))).toMatchObject({
    action: 'RESTRICT',
    reason: 'LEGAL_HOLD',
    by: id('Attestation', 'hold'),
    until: null,
    restricted: true,
  });
  // A hold counts before the longest duty: nobody knows when it ends.
  for (const [person, by] of [
    ['fay', 'long'],
    ['gil', 'short'],
  ] as const)
    expect(done.get(await keyOf(person))).toMatchObject({
      ...{
        action: 'RESTRICT',
        reason: 'LEGAL_HOLD',
        by: id('Attestation', by),
        until: null,
        restricted: true,
      },
    });
  expect(done.get(await keyOf('dee'))).toMatchObject({
    action: 'KEEP',
    reason: 'NO_DEADLINE',
    erasure: null,
  });
  expect(await states('bea-1')).toEqual(['WITHHELD']);
  expect(await states('cy-1')).toEqual(['WITHHELD']);
  expect(await findings()).toEqual([]);
});

test('a released hold lets the next run erase, with a certificate that names no person', async () => {
  await server.declareAll([
    attestation('released', 'LEGAL_HOLD', [id('Prediction', 'cy-1')], {
      fields: { basis: 'case 12', released: true },
    }),
  ]);
  const item = (await run()).get(await keyOf('cy'))!;
  expect(item).toMatchObject({ action: 'ERASE', reason: 'REQUESTED', restricted: false });
  expect(await states('cy-1')).toEqual(['ERASED']);
  const { erasureCertificate } = await server.ask(
    `query ($id: ID!) { erasureCertificate(id: $id) { state generation basis duty { duty } erased { members } entries { id } } }`,
    { id: item.erasure },
    'governance',
  );
  expect(erasureCertificate).toMatchObject({
    state: 'ERASED',
    generation: null,
    basis: expect.stringMatching(/^retention rules 2026-1, sha256:[0-9a-f]{64}: /) as unknown,
    duty: { duty: id('Attestation', 'hold') },
    erased: { members: 4 },
  });
  expect(erasureCertificate.entries).toHaveLength(1);
});

test('a hold that is released leaves the longest duty, and erases nothing before it ends', async () => {
  await server.declareAll([
    attestation('short-released', 'LEGAL_HOLD', [id('Prediction', 'gil-1')], {
      fields: { basis: 'case 14', released: true },
    }),
  ]);
  expect((await run()).get(await keyOf('gil'))).toMatchObject({
    ...{
      action: 'RESTRICT',
      reason: 'DUTY',
      by: 'books',
      until: '2036-03-01T09:00:00.000Z',
      restricted: true,
    },
  });
  expect(await states('gil-1')).toEqual(['WITHHELD']);
});

test('when the duties have ended a run erases everything that waited, and nothing twice', async () => {
  server.clock.now = Date.parse('2036-03-01T08:59:59Z');
  const before = await run();
  expect(before.get(await keyOf('eve'))).toMatchObject({ action: 'RESTRICT', reason: 'DUTY' });
  expect(before.get(await keyOf('ann'))).toMatchObject({ action: 'ERASE', reason: 'DEADLINE_PASSED' });
  server.clock.now = Date.parse('2036-03-01T09:00:00Z');
  const done = await run();
  for (const person of ['bea', 'eve', 'gil'])
    expect(done.get(await keyOf(person))).toMatchObject({ action: 'ERASE' });
  for (const name of ['ann-1', 'ann-2', 'bea-1', 'eve-1', 'eve-2', 'gil-1'])
    expect(await states(name)).toEqual(['ERASED']);
  expect(done.get(await keyOf('fay'))).toMatchObject({ action: 'RESTRICT', reason: 'LEGAL_HOLD' });
  server.clock.now = Date.parse('2037-01-01T00:00:00Z');
  expect((await run()).get(await keyOf('fay'))).toMatchObject({ action: 'ERASE', reason: 'REQUESTED' });
  expect(await states('fay-1')).toEqual(['ERASED']);
  expect([...(await run()).keys()]).toEqual([await keyOf('dee')]);
  expect(await findings()).toEqual([]);
});
