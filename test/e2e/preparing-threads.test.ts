/** What threads beside the server's own prepare is what the server itself would have: the same store, asked both ways. */
import { truncateSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { LocalTokens } from '../../src/access/token-keys.js';
import type { AcceptedReceipt, Declaration, Receipt } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from '../support/declarations.js';
import { freshDatabase } from '../support/database.js';
import { realEvents, runEvent } from '../support/openlineage.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const dataDir = temporaryFolder();
const SECRET = 'Ann Q. Public';
let env: Record<string, string>;
let command: SpawnedCommand;
let url: string;

async function start(threads: number): Promise<void> {
  command = new SpawnedCommand(['serve'], {
    dataDir,
    env: { ...env, PEDIGREE_PREPARE_THREADS: String(threads) },
  });
  url = await command.url();
}

beforeAll(async () => {
  const { uri, user, password } = await freshDatabase();
  env = { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password };
  await start(2);
});

afterAll(() => command.dispose());

async function post(path: string, type: string, body: string, namespaces: string[]): Promise<Response> {
  const token = await LocalTokens.open(`${dataDir}/keys`).sign({
    name: 'threads',
    role: 'writer',
    namespaces,
  });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type };
  return fetch(`${url}${path}`, { method: 'POST', headers, body });
}

async function declareFor(lines: readonly string[]): Promise<{ status: number; problem: unknown }> {
  const answer = await post('/v1/declare', 'application/x-ndjson', lines.join('\n'), ['test']);
  return { status: answer.status, problem: await answer.json() };
}

async function declare(lines: readonly string[]): Promise<Receipt[]> {
  const answer = await post('/v1/declare', 'application/x-ndjson', lines.join('\n'), ['test']);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Receipt);
}

const decision = (name: string, subject: string): Declaration =>
  prediction(name, 'm', [edge('SCORED', id('Dataset', 'd'), { props: { role: 'INPUT' }, row: [name] })], {
    subjects: [subject],
    features: { dir: { value: 0.2 }, lvr: { value: 0.8 } },
    fields: { score: 0.7, outcome: 'DENY' },
  });

/** Long enough for a thread; every so often something that is refused, each time for another reason. */
const BAD = [
  '{"id": ',
  '7',
  JSON.stringify({ id: id('Dataset', 'two'), kind: 'Dataset', occurredAt: 0, occuredAt: 1 }),
  '{"id":"dataset:test/twice@1","id":"dataset:test/twice@1","kind":"Dataset","occurredAt":0}',
  JSON.stringify({ ...artifact('Dataset', 'x'), id: 'dataset:elsewhere/x@1' }),
  JSON.stringify(attestation('erased', 'ERASED', [id('Dataset', 'd')])),
  JSON.stringify(
    attestation('big', 'x-big', [id('Dataset', 'd')], { fields: { text: 'x'.repeat(1_100_000) } }),
  ),
];

const LINES = [
  ...[artifact('Dataset', 'd'), artifact('Model', 'm', [edge('TRAINED_ON', id('Dataset', 'd'))])].map(
    (item) => JSON.stringify(item),
  ),
  ...Array.from({ length: 700 }, (_, i) => {
    if (i % 100 === 50) return BAD[(i - 50) / 100] as string;
    return JSON.stringify(
      i % 3 === 0
        ? decision(`p${String(i)}`, i === 300 ? SECRET : `person-${String(i % 40)}`)
        : artifact('Dataset', `d${String(i)}`),
    );
  }),
];

const EVENTS = [
  ...realEvents(),
  ...Array.from({ length: 30 }, (_, i) =>
    JSON.stringify(
      runEvent({
        run: crypto.randomUUID(),
        job: `job-${String(i)}`,
        inputs: ['a', 'b'],
        outputs: [`out-${String(i)}`],
      }),
    ),
  ),
];

const sendEvents = (): Promise<Response> =>
  post('/api/v1/lineage/batch', 'application/json', `[${[...EVENTS, '{"eventTime":"never"}'].join(',')}]`, [
    '*',
  ]);

describe('a long request', () => {
  let first: Receipt[];
  let events: unknown;

  test('has a receipt for each line, in order, whatever is wrong with its neighbours', async () => {
    first = await declare(LINES);
    expect(first.map(({ index }) => index)).toEqual(LINES.map((_, i) => i));
    const refused = first.flatMap((receipt) => ('error' in receipt ? [receipt] : []));
    expect(refused.map(({ index, error }) => [index, error.code])).toEqual([
      [52, 'BAD_JSON'],
      [152, 'BAD_INPUT'],
      [252, 'UNKNOWN_FIELD'],
      [352, 'DUPLICATE_KEY'],
      [452, 'NAMESPACE_FORBIDDEN'],
      [552, 'BAD_INPUT'],
      [652, 'ITEM_TOO_LARGE'],
    ]);
    expect(refused[2]).toMatchObject({
      id: id('Dataset', 'two'),
      error: { message: /^item 252 \(dataset:test\/two@1\)/ },
    });
    events = await (await sendEvents()).json();
    expect(events).toMatchObject({
      status: 'partial_success',
      summary: { received: EVENTS.length + 1, failed: 1 },
    });
  });

  test('finds what an erasure left when it is sent again, and seals what follows under a new key', async () => {
    const admin = await LocalTokens.open(`${dataDir}/keys`).sign({ name: 'threads', role: 'admin' });
    const asked = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        query:
          'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "a request") { erased { artifacts } } }',
        variables: { subject: SECRET },
      }),
    });
    expect(await asked.json()).toEqual({ data: { eraseSubject: { erased: { artifacts: 1 } } } });
    const more = Array.from({ length: 40 }, (_, i) => JSON.stringify(decision(`late${String(i)}`, SECRET)));
    const again = await declare([...LINES, ...more]);
    const places = again.flatMap((receipt) => ('erased' in receipt ? [receipt.index] : []));
    expect(places).toEqual([302]);
    expect(again.slice(LINES.length).every((receipt) => 'digest' in receipt && !receipt.repeated)).toBe(true);
  });

  test('is the same for a server without threads: every digest, place and message', async () => {
    expect(await command.end('SIGTERM')).toBe(0);
    await start(0);
    const again = await declare(LINES);
    const asBefore = first.map((receipt) =>
      'error' in receipt
        ? receipt
        : { ...receipt, repeated: true, ...(receipt.index === 302 ? { erased: true } : {}) },
    );
    expect(again as AcceptedReceipt[]).toEqual(asBefore);
    expect(await (await sendEvents()).json()).toEqual(events);
  });
});

test('a key store that fails on a thread is told as it is on the server’s own', async () => {
  expect(await command.end('SIGTERM')).toBe(0);
  await start(2);
  const lost = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => JSON.stringify(decision(`lost${String(i)}`, 'person-0')));
  // The log key and the index key are the first two of the file; nothing is left of the person's.
  truncateSync(`${dataDir}/keys/keys.bin`, 64);
  const [short, long] = [await declareFor(lost(1)), await declareFor(lost(60))];
  expect(long).toMatchObject({ status: short.status, problem: { code: 'KEY_LOST' } });
  expect(long.problem).toEqual(short.problem);
});
