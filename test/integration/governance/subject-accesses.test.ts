/** Who looked at my data: the reads of one person's values, for as long as the person's key can tell. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { Role } from '../../../src/access/scopes.js';
import { testDriver } from '../../support/database.js';
import { artifact, attestation, id, prediction } from '../../support/declarations.js';
import { TestServer } from '../../support/server.js';

const TRACE = 'query ($p: ID!) { trace(prediction: $p) { features { value } prediction { subjects } } }';
const OF_SUBJECT = `query ($subject: String!, $from: Timestamp, $to: Timestamp, $first: PageSize, $after: String) {
  subjectAccesses(subject: $subject, from: $from, to: $to, first: $first, after: $after) {
    erasedKeys hasNextPage endCursor items { by state artifacts door }
  }
}`;
const [ALONE, JOINT, OTHER] = ['alone', 'joint', 'other'].map((name) => id('Prediction', name)) as [
  string,
  string,
  string,
];

let server: TestServer;
let driver: Driver;

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  const decision = (name: string, subjects: readonly string[]) =>
    prediction(name, 'risk', [], {
      subjects,
      features: { income: { value: 1 }, age: { value: 2, subject: subjects.at(-1)! } },
    });
  await server.declareAll([
    artifact('Model', 'risk'),
    decision('alone', ['ann']),
    decision('joint', ['ann', 'bea']),
    decision('other', ['cid']),
    attestation('letter', 'HUMAN_DECISION', [OTHER], {
      subjects: ['ann'],
      fields: { decision: 'UPHELD', explanation: 'ann has called' },
    }),
  ]);
  await read(TRACE, ALONE, 'one');
  await read(TRACE, JOINT, 'two');
  await read(TRACE, OTHER, 'three');
  await read('query ($p: ID!) { artifact(id: $p) { personal { value } } }', JOINT, 'four');
  await read(
    'query ($p: ID!) { artifact(id: $p) { attestations { items { personal { value } } } } }',
    OTHER,
    'five',
  );
  await read(
    'query ($p: ID!) { a: trace(prediction: $p) { features { value } } b: trace(prediction: "prediction:test/other@1") { features { value } } }',
    ALONE,
    'six',
  );
  await (
    await fetch(`${server.url}/v1/evidence?of=${encodeURIComponent(JOINT)}`, {
      headers: { Authorization: `Bearer ${await server.token('auditor', { name: 'seven' })}` },
    })
  ).text();
  await settled(7);
});

afterAll(async () => {
  await driver.close();
  await server.stop();
});

async function read(query: string, p: string, name: string): Promise<void> {
  const { errors } = await server.graphql(query, { p }, 'auditor', await server.token('auditor', { name }));
  expect(errors).toEqual([]);
}

/** Outcomes follow their answers: waits until so many reads have theirs. */
async function settled(reads: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { accessLog } = await server.ask('{ accessLog(first: 1000) { items { state } } }', {}, 'auditor');
    const ended = accessLog.items.filter(({ state }: { state: string }) => state !== 'OPEN');
    if (ended.length >= reads) return;
  }
  throw new Error(`fewer than ${String(reads)} reads have ended`);
}

async function lookedAt(subject: string, rest: object = {}, role: Role = 'auditor') {
  return (await server.ask(OF_SUBJECT, { subject, ...rest }, role)).subjectAccesses;
}

function who({ items }: { items: { by: string }[] }): string[] {
  return items.map(({ by }) => by);
}

describe('the reads of a person’s values', () => {
  test.each([
    ['ann', ['seven', 'six', 'five', 'four', 'two', 'one']],
    ['bea', ['seven', 'four', 'two']],
    ['cid', ['six', 'three']],
    ['nobody', []],
  ])('are all there, newest first, and nobody else’s: %s', async (subject, readers) => {
    const page = await lookedAt(subject);
    expect([who(page), page.erasedKeys, page.hasNextPage]).toEqual([readers, 0, false]);
  });

  test('name the artifacts where the person’s values stood, and no other', async () => {
    const { items } = await lookedAt('cid');
    expect(items[0]).toEqual({ by: 'six', state: 'COMPLETE', artifacts: [OTHER], door: 'graphql' });
    const letter = (await lookedAt('ann')).items.find(({ by }: { by: string }) => by === 'five');
    expect(letter.artifacts).toEqual([id('Attestation', 'letter')]);
  });

  test('come in pages, within a time', async () => {
    const first = await lookedAt('ann', { first: 4 });
    const rest = await lookedAt('ann', { first: 4, after: first.endCursor });
    expect([...who(first), ...who(rest)]).toEqual(who(await lookedAt('ann')));
    expect([first.hasNextPage, rest.hasNextPage]).toEqual([true, false]);
    const now = new Date(server.clock.now).toISOString();
    expect(who(await lookedAt('ann', { to: now }))).toEqual([]);
    expect(who(await lookedAt('bea', { from: now }))).toEqual(['seven', 'four', 'two']);
    const { errors } = await server.graphql(
      OF_SUBJECT,
      { subject: 'bea', after: first.endCursor },
      'auditor',
    );
    expect(errors[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  test('are for auditors and governance, what else was asked for auditors only', async () => {
    expect(who(await lookedAt('bea', {}, 'governance'))).toEqual(['seven', 'four', 'two']);
    const text = '{ subjectAccesses(subject: "bea") { items { arguments } } }';
    expect((await server.graphql(text, {}, 'auditor')).errors).toEqual([]);
    expect((await server.graphql(text, {}, 'governance')).errors[0]?.message).toContain('Cannot query');
    expect((await server.graphql(text, {}, 'writer')).errors[0]?.message).toContain('Cannot query');
  });

  test('are asked for without opening a value: no node with values is read', async () => {
    server.statements.length = 0;
    await lookedAt('ann');
    const touched = server.statements.filter((name) => !/^(access|log)[/.A-Z]/.test(name));
    expect([touched, server.statements.length > 0]).toEqual([[], true]);
  });

  test('leave no trace of the name that was asked about, also beside a recorded read', async () => {
    const text = `query ($subject: String!, $p: ID!) { subjectAccesses(subject: $subject) { asOf } trace(prediction: $p) { features { value } } }`;
    const name = 'asker';
    const token = await server.token('auditor', { name });
    const variables = { subject: 'somebody-secret', p: OTHER };
    expect((await server.graphql(text, variables, 'auditor', token)).errors).toEqual([]);
    await settled(8);
    const { records } = await driver.executeQuery(
      'MATCH (n) WHERE any(key IN keys(n) WHERE toStringOrNull(n[key]) CONTAINS "somebody-secret") RETURN count(n) AS found',
    );
    expect(records[0]?.get('found')).toBe(0);
    const { accessLog } = await server.ask(
      `{ accessLog(by: "${name}") { items { arguments } } }`,
      {},
      'auditor',
    );
    expect(accessLog.items).toEqual([{ arguments: 'of a mutation or about a person: not kept' }]);
  });
});

test('the log says nothing about who is behind a mark: marks are neither names nor keys on nodes', async () => {
  const { records } = await driver.executeQuery(
    `MATCH (l:AccessLook) WITH collect(DISTINCT l.subject) AS marks
     MATCH (n:Artifact|Attestation) WHERE n.sealed IS NOT NULL
     RETURN marks, collect(n.sealed) AS sealed`,
  );
  const marks = records[0]!.get('marks') as string[];
  const sealed = (records[0]!.get('sealed') as string[]).join();
  expect(marks.filter((mark) => /^[0-9a-f]{64}$/.test(mark))).toHaveLength(3);
  expect(marks.filter((mark) => sealed.includes(mark))).toEqual([]);
});

test('erasing a person takes the link away and nothing else', async () => {
  const all = 'query { accessLog(first: 1000) { items { id by state artifacts values } } }';
  const before = (await server.ask(all, {}, 'auditor')).accessLog.items;
  await server.ask('mutation { eraseSubject(subject: "ann", basis: "a request") { id } }', {}, 'governance');
  const page = await lookedAt('ann');
  expect([page.items, page.erasedKeys]).toEqual([[], 1]);
  expect((await server.ask(all, {}, 'auditor')).accessLog.items).toEqual(before);
  expect(who(await lookedAt('bea'))).toEqual(['seven', 'four', 'two']);
  const decision = await server.ask(`{ accessLog(artifact: "${ALONE}") { items { by } } }`, {}, 'auditor');
  expect(who(decision.accessLog)).toEqual(['six', 'one']);
});
