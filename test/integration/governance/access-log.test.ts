/** Who read personal values: recorded before the answer leaves, readable by auditors, tamper-evident. */
import { hash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import { canonicalJson, type Json } from '../../../src/domain/json.js';
import { leafOf, makeEntry } from '../../../src/ledger/entry.js';
import { ACCESS_ENTRIES } from '../../../src/ledger/keys.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { testDriver } from '../../support/database.js';
import { artifact, id, prediction } from '../../support/declarations.js';
import { decisionOf, deliveryStory, FAULTY_RUN } from '../../support/delivery-story.js';
import { findLogFaults, readBundles } from '../../support/log.js';
import { TestServer } from '../../support/server.js';

const TRACE =
  'query Why($p: ID!) { trace(prediction: $p) { features { name value } prediction { subjects } } }';
const STRUCTURE = 'query ($p: ID!) { trace(prediction: $p) { features { name state } } }';
const LOG = `query ($by: String, $artifact: ID, $from: Timestamp, $to: Timestamp, $first: PageSize, $after: String) {
  accessLog(by: $by, artifact: $artifact, from: $from, to: $to, first: $first, after: $after) {
    asOf endCursor hasNextPage
    items { id leafIndex recordedAt endedAt state by roles tokenId purpose door operation operationDigest arguments
            artifacts values resultDigest }
  }
}`;

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  await server.declareAll([
    artifact('Model', 'risk'),
    ...['a', 'b'].map((name) =>
      prediction(name, 'risk', [], {
        subjects: [`person-${name}`],
        features: { income: { value: 1 }, age: { value: 2 } },
      }),
    ),
  ]);
});

afterAll(async () => {
  await driver.close();
  await server.stop();
});

interface Reader {
  readonly name?: string;
  readonly role?: 'auditor' | 'reader' | 'admin';
  readonly purpose?: string;
}

/** Asks and gives back the bytes of the answer. */
async function read(
  query: string,
  variables: object,
  { name = 'ann', role = 'auditor', purpose }: Reader = {},
) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await server.token(role, { name })}`,
      ...(purpose === undefined ? {} : { 'Pedigree-Purpose': purpose }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}

async function evidence(of: string, role: 'auditor' | 'reader'): Promise<string> {
  const response = await fetch(`${server.url}/v1/evidence?of=${encodeURIComponent(of)}`, {
    headers: { Authorization: `Bearer ${await server.token(role, { name: 'eve' })}` },
  });
  expect(response.status).toBe(200);
  return response.text();
}

/** A page of the log once every read before has ended: an outcome follows its answer, which has come here already. */
async function accesses(variables: object = {}) {
  const isOpen = ({ state }: { state: string }): boolean => state === 'OPEN';
  for (let tries = 0; (await page({ first: 1000 })).items.some(isOpen); tries++)
    expect(tries).toBeLessThan(500);
  return page(variables);
}

async function page(variables: object) {
  return (await server.ask(LOG, variables, 'auditor')).accessLog;
}

describe('a read of personal values', () => {
  test('is there with who, why, what and how it ended', async () => {
    const p = id('Prediction', 'a');
    const { text } = await read(TRACE, { p }, { purpose: 'case 4711' });
    expect(JSON.parse(text).data.trace.features).toContainEqual({ name: 'age', value: 2 });
    const { items } = await accesses({ artifact: p });
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^access:read\/[0-9a-f-]{36}$/),
        leafIndex: '0',
        recordedAt: '2026-03-01T09:00:00.000Z',
        endedAt: '2026-03-01T09:00:00.000Z',
        state: 'COMPLETE',
        by: 'ann',
        roles: ['auditor'],
        tokenId: expect.stringMatching(/^[0-9a-f]{32}$/),
        purpose: 'case 4711',
        door: 'graphql',
        operation: 'Why',
        operationDigest: hash('sha256', TRACE),
        arguments: JSON.stringify({ p }),
        artifacts: [p],
        values: 3,
        resultDigest: hash('sha256', text.trim()),
      },
    ]);
  });

  test('is one only if the query could return any, to somebody who may read them', async () => {
    const before = (await accesses()).asOf;
    const p = id('Prediction', 'a');
    await read(STRUCTURE, { p });
    await read(TRACE, { p }, { role: 'reader' });
    expect((await accesses()).asOf).toBe(before);
    await read(`query ($p: ID!) { ...F } fragment F on Query { trace(prediction: $p) { rows { key } } }`, {
      p,
    });
    expect(Number((await accesses()).asOf)).toBe(Number(before) + 2);
  });

  test('is one through an artifact, too, with what could be read there', async () => {
    const p = id('Prediction', 'b');
    const query = `query ($p: ID!) { artifact(id: $p) { personal { path value } } }`;
    const { text } = await read(query, { p }, { name: 'via-artifact' });
    expect(JSON.parse(text).data.artifact.personal).toContainEqual({
      path: 'value/subjects/0',
      value: 'person-b',
    });
    const { items } = await accesses({ by: 'via-artifact' });
    expect(items).toMatchObject([{ state: 'COMPLETE', artifacts: [p], values: 3 }]);
  });

  test('keeps nothing of a mutation’s variables, which may name whom it erases', async () => {
    const subject = 'person-never-kept';
    const query =
      'query Other { artifact(id: "model:test/risk@1") { personal { value } } } mutation Erase($subject: String!) { eraseSubject(subject: $subject, basis: "x") { id } }';
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await server.token('admin', { name: 'eraser' })}`,
      },
      body: JSON.stringify({ query, variables: { subject }, operationName: 'Erase' }),
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    const { items } = await accesses({ by: 'eraser' });
    expect(items).toMatchObject([
      { operation: 'Erase', arguments: 'of a mutation or about a person: not kept' },
    ]);
  });

  test('that found nothing looked at nothing', async () => {
    await read(TRACE, { p: id('Prediction', 'nobody') }, { name: 'nil' });
    const { items } = await accesses({ by: 'nil' });
    expect(items).toMatchObject([{ state: 'COMPLETE', artifacts: [], values: 0 }]);
  });

  test('through evidence is recorded at both doors, for whom it discloses any', async () => {
    const p = id('Prediction', 'b');
    const { text } = await read('query Prove($p: ID!) { evidence(of: $p) { file } }', { p }, { name: 'eve' });
    const file = await evidence(p, 'auditor');
    await evidence(p, 'reader');
    expect(file).toContain('"format"');
    expect((await accesses({ artifact: p, by: 'eve' })).items).toMatchObject([
      { door: 'evidence', artifacts: [p], values: 3, state: 'COMPLETE', resultDigest: hash('sha256', file) },
      {
        door: 'graphql',
        operation: 'Prove',
        artifacts: [p],
        values: 3,
        resultDigest: hash('sha256', text.trim()),
      },
    ]);
  });

  test('is one where rows are followed by their keys, with whose', async () => {
    await server.declareAll(deliveryStory({ north: 'a1a1a1a', south: 'a1a1a1a', west: 'b2b2b2b' }));
    const [suspect, control] = [decisionOf(100), decisionOf(1)];
    await read(
      'query ($s: [ID!]!, $c: [ID!]!) { rootCause(suspects: $s, controls: $c) { precision } }',
      { s: [suspect], c: [control] },
      { name: 'analyst' },
    );
    const counted = 'query ($of: ID!) { impact(of: $of) { decisions { total precision } } }';
    const { text } = await read(counted, { of: FAULTY_RUN }, { name: 'counter' });
    expect(JSON.parse(text).data.impact.decisions).toEqual({ total: '40', precision: 'EXACT' });
    await read(counted, { of: FAULTY_RUN }, { name: 'reader', role: 'reader' });
    expect((await accesses({ by: 'analyst' })).items).toMatchObject([
      { state: 'COMPLETE', values: 2, artifacts: expect.arrayContaining([suspect, control]) },
    ]);
    expect((await accesses({ by: 'counter' })).items).toMatchObject([
      { values: 120, artifacts: expect.arrayContaining([decisionOf(0)]) },
    ]);
    expect((await accesses({ by: 'reader' })).items).toEqual([]);
  });

  test('with a purpose that is a novel is refused', async () => {
    const { status, text } = await read(TRACE, { p: 'x' }, { purpose: 'x'.repeat(501) });
    expect([status, JSON.parse(text).code]).toEqual([400, 'BAD_INPUT']);
  });
});

describe('the access log', () => {
  test('is for auditors', async () => {
    const { errors } = await server.graphql('{ accessLog { asOf } }', {}, 'reader');
    expect(errors[0]?.message).toBe('Cannot query field "accessLog" on type "Query".');
  });

  test('has pages that are stable while reads go on, newest first, and filters', async () => {
    server.clock.now += 3_600_000;
    const from = new Date(server.clock.now).toISOString();
    for (let i = 0; i < 5; i++)
      await read(TRACE, { p: id('Prediction', i % 2 ? 'b' : 'a') }, { name: `r${i % 2}` });
    const all = (await accesses({ from })).items;
    expect(all.map(({ by }: { by: string }) => by)).toEqual(['r0', 'r1', 'r0', 'r1', 'r0']);
    const first = await accesses({ from, first: 2 });
    await read(TRACE, { p: id('Prediction', 'a') }, { name: 'late' });
    const second = await accesses({ from, first: 3, after: first.endCursor });
    expect([...first.items, ...second.items]).toEqual(all);
    expect([first.hasNextPage, second.hasNextPage, second.asOf]).toEqual([true, false, first.asOf]);
    expect((await accesses({ from, by: 'r1' })).items).toHaveLength(2);
    expect((await accesses({ from, artifact: id('Prediction', 'b'), by: 'r0' })).items).toEqual([]);
    expect((await accesses({ to: from, by: 'r0' })).items).toEqual([]);
  });

  test('does not open another question’s cursor', async () => {
    const { endCursor } = await accesses({ first: 1 });
    const { errors } = await server.graphql(LOG, { after: endCursor, by: 'ann' }, 'auditor');
    expect(errors[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  test('is a log of its own: no gaps, and every leaf can be made again from its record', async () => {
    await accesses();
    expect(await findLogFaults(driver, 'access')).toEqual([]);
    const leaves = (await readBundles(driver, 'access')).flatMap((bundle) => bundle.leaves);
    const { records } = await driver.executeQuery(
      'MATCH (r:AccessRecord) RETURN properties(r) AS props ORDER BY r.leafIndex',
    );
    expect(records.length).toBe(leaves.length);
    const keyStore = new EmbeddedKeyStore(server.keysDir);
    for (const [i, record] of records.entries()) {
      const remade = remake(record.get('props') as Record<string, unknown>, keyStore);
      expect(leaves[i]?.toString()).toBe(remade.toString());
    }
    await keyStore.close();
  });
});

test('what cannot be recorded is not answered', async () => {
  await driver.executeQuery('MATCH (h:LogHead {log: "access"}) SET h.log = "away"');
  try {
    const { status, text } = await read(TRACE, { p: id('Prediction', 'a') });
    expect(status).toBe(503);
    expect(JSON.parse(text).data).toBeUndefined();
    expect(text).not.toContain('income');
    expect((await read(STRUCTURE, { p: id('Prediction', 'a') })).status).toBe(200);
  } finally {
    await driver.executeQuery('MATCH (h:LogHead {log: "away"}) SET h.log = "access"');
  }
  expect((await read(TRACE, { p: id('Prediction', 'a') })).status).toBe(200);
});

/** The leaf as docs/access-log.md says it is made. */
function remake(props: Record<string, unknown>, keyStore: EmbeddedKeyStore): Buffer {
  const { id: recordId, occurredAt, by, k, values, artifacts = [], recordedAt } = props;
  const members = {
    head: canonicalJson({ id: recordId, kind: 'Access', occurredAt } as Json),
    values: Object.entries(JSON.parse(values as string) as Record<string, Json>).map(([path, value]) => ({
      path,
      json: canonicalJson(value),
    })),
    edges: (artifacts as string[]).map((to) => ({ path: `edge/READ/${to}`, json: '{"props":{}}' })),
  };
  const keys = { k: k as number, logKey: keyStore.logKey(k as number), subjectKey: () => Buffer.alloc(0) };
  const entry = makeEntry(recordId as string, members, by as string, { ...keys, log: ACCESS_ENTRIES });
  return leafOf(entry, recordedAt as number);
}
