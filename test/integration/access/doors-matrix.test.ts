/** The doors beside `POST /graphql`, for every role, for holders of grants and for nobody, against tables of people. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getNamedType, isLeafType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

import { buildOpenSchema } from '../../../src/graphql/schema.js';
import { ACTORS, tokensOf, type Actor } from '../../support/actors.js';
import { testDriver } from '../../support/database.js';
import { artifact, id } from '../../support/declarations.js';
import { everything } from '../../support/everything.js';
import { runEvent } from '../../support/openlineage.js';
import { actorsOf, readFields, readTable } from '../../support/policy-matrix.js';
import { pathsFrom, selectAt, type SchemaPath } from '../../support/schema-paths.js';
import { TestServer } from '../../support/server.js';
import { SECRET_EXPLANATION, SUBJECT } from '../../support/storyline.js';

const LOAN = id('Prediction', 'loan');
const PLACES: Readonly<Record<string, string>> = {
  decision: encodeURIComponent(LOAN),
  elsewhere: encodeURIComponent('dataset:bank/delivery-west@2026-06-15'),
};

const driver = testDriver();
let server: TestServer;
let schema: GraphQLSchema;
let tokens: ReadonlyMap<Actor, string>;

beforeAll(async () => {
  schema = await buildOpenSchema(driver);
  server = await TestServer.start({ env: { PEDIGREE_READ_BUDGET: '0' } });
  await server.declareAll(everything());
  tokens = await tokensOf(server, [LOAN, id('Dataset', 'clean')]);
});

afterAll(async () => {
  await server.stop();
  await driver.close();
});

function authorization(actor: Actor | 'nobody'): Record<string, string> {
  return actor === 'nobody' ? {} : { Authorization: `Bearer ${tokens.get(actor)!}` };
}

describe('outside of GraphQL', () => {
  const BODIES: Readonly<Record<string, () => string>> = {
    '/v1/declare': () => JSON.stringify([artifact('Dataset', 'declared')]),
    '/api/v1/lineage': () => JSON.stringify(runEvent({ run: 'matrix' })),
    '/api/v1/lineage/batch': () => JSON.stringify([runEvent({ run: 'matrix' })]),
  };
  const cases = readTable('rest.txt').flatMap(([door = '', ...words]) => {
    const personal = actorsOf(words.at(-1)!);
    return (['nobody', ...ACTORS] as const).map((actor, i) => ({
      door,
      actor,
      status: Number(words[i]),
      mayHoldPersonal: personal.some((each) => each === actor),
    }));
  });

  test.each(cases)('$door answers $status to $actor', async ({ door, actor, status, mayHoldPersonal }) => {
    const [method = '', path = ''] = door.split(/:(.*)/);
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => PLACES[name]!);
    const body = method === 'POST' ? BODIES[path]!() : undefined;
    const headers = { ...authorization(actor), ...(body ? { 'Content-Type': 'application/json' } : {}) };
    const response = await fetch(server.url + url, { method, headers, ...(body ? { body } : {}) });
    const text = await response.text();
    expect([response.status, text.slice(0, 200)]).toEqual([status, expect.anything()]);
    const decoded = `${text} ${disclosuresIn(text)}`;
    const held = [SUBJECT, SECRET_EXPLANATION].filter((secret) => decoded.includes(secret));
    expect(held).toEqual(mayHoldPersonal ? [SUBJECT, SECRET_EXPLANATION] : []);
  });
});

/** What the disclosures of an evidence file say: each is base64url of JSON. */
function disclosuresIn(text: string): string {
  const words = [...text.matchAll(/"([\w-]{16,})"/g)].map(([, word]) => word!);
  return words.map((word) => Buffer.from(word, 'base64url').toString()).join(' ');
}

describe('the stream', () => {
  const EXPECTED = readFields('stream.txt');
  const ARGS = {
    'Subscription.lineageChanged': `(of: "${LOAN}", since: 0)`,
    'Subscription.attested': `(of: "${LOAN}", since: 0)`,
  };

  function paths(): Map<string, SchemaPath[]> {
    return pathsFrom(schema, schema.getSubscriptionType()!, 1);
  }

  /** The first event, or the refusal. */
  async function first(query: string, actor: Actor | 'nobody'): Promise<{ status: number; text: string }> {
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { ...authorization(actor), 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(20_000),
    });
    let text = '';
    // What a grant opens never changes, so its holder's stream says nothing: that it was not refused is all there is to see.
    if (actor.startsWith('holder') && response.headers.get('content-type')?.includes('event-stream')) {
      await response.body?.cancel();
      return { status: response.status, text };
    }
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: next')) break;
    }
    return { status: response.status, text };
  }

  test('the table has everything that a subscription reaches', () => {
    const reached = [...paths().keys()].flatMap((type) =>
      Object.keys((schema.getType(type) as GraphQLObjectType).getFields()).map((field) => `${type}.${field}`),
    );
    expect([...EXPECTED.keys()].toSorted()).toEqual(reached.toSorted());
  });

  test.each([...EXPECTED.keys()])('gives %s to whom the table says, and to nobody else', async (key) => {
    const [type = '', field = ''] = key.split('.');
    const returned = getNamedType((schema.getType(type) as GraphQLObjectType).getFields()[field]!.type);
    const args = (ARGS as Record<string, string>)[key] ?? '';
    const below = isObjectType(returned) ? leafOf(returned) : '';
    const selection = isLeafType(returned) ? field : `${field}${args} { ${below} }`;
    const query = selectAt('subscription', paths().get(type)![0]!, selection, ARGS);
    for (const actor of ACTORS) {
      const { text } = await first(query, actor);
      const isGiven = text.includes('event: next') && !text.includes('"errors"');
      expect([actor, isGiven]).toEqual([actor, EXPECTED.get(key)!.has(actor)]);
    }
    expect(await first(query, 'nobody')).toMatchObject({ status: 401 });
  });

  function leafOf(type: GraphQLObjectType): string {
    return Object.values(type.getFields()).find((each) => isLeafType(getNamedType(each.type)))!.name;
  }
});
