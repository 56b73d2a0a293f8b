/** Asking cleverly: the attacks of docs/security.md that no other file has a test of. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isInterfaceType, isIntrospectionType, isUnionType } from 'graphql';

import { buildOpenSchema } from '../../../src/graphql/schema.js';
import { testDriver } from '../../support/database.js';
import { artifact, edge, id, prediction } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import { TestServer, type Answer } from '../../support/server.js';

const SCORES = { low: 0.1, middle: 0.5, high: 0.9 };

const driver = testDriver();
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  const sealed = (name: string, score: number) =>
    prediction(name, 'risk', [edge('SCORED', id('Dataset', 'shown'), { props: { role: 'INPUT' } })], {
      subjects: [`person-${name}`],
      personal: ['score', 'outcome'],
      fields: { score, outcome: score > 0.4 ? 'DENIED' : 'APPROVED' },
    });
  await server.declareAll([
    artifact('Dataset', 'raw'),
    artifact('Transform', 'hidden-a', [edge('READ', id('Dataset', 'raw'))]),
    artifact('Transform', 'hidden-b', [edge('READ', id('Dataset', 'raw'))]),
    artifact('Dataset', 'shown', [
      edge('PRODUCED_BY', id('Transform', 'hidden-a')),
      edge('PRODUCED_BY', id('Transform', 'hidden-b')),
    ]),
    artifact('Model', 'risk', [edge('TRAINED_ON', id('Dataset', 'shown'))]),
    ...Object.entries(SCORES).map(([name, score]) => sealed(name, score)),
  ]);
});

afterAll(async () => {
  await server.stop();
  await driver.close();
});

/** Names of the decisions that a list has, in its order. */
async function listed(args: string): Promise<string[]> {
  const { predictions } = await server.ask(`{ predictions(${args}) { name score outcome } }`, {}, 'reader');
  for (const row of predictions) expect([row.score, row.outcome]).toEqual([null, null]);
  return predictions.map(({ name }: { name: string }) => name);
}

describe('a sealed score', () => {
  test('is found by no filter, whatever is guessed', async () => {
    for (const where of [
      'score: { gt: 0 }',
      'score: { lt: 1 }',
      'score: { eq: 0.5 }',
      'outcome: { startsWith: "D" }',
      'outcome: { in: ["DENIED", "APPROVED"] }',
    ]) {
      expect([where, await listed(`where: { ${where} }`)]).toEqual([where, []]);
      const not = await listed(`where: { NOT: { ${where} } }`);
      expect([where, [0, 3].includes(not.length)]).toEqual([where, true]);
    }
  });

  test('moves nothing in an order, and no page or cursor of it', async () => {
    const orders = await Promise.all(
      ['score: ASC', 'score: DESC', 'outcome: ASC', 'outcome: DESC'].map((by) =>
        listed(`sort: [{ ${by} }, { name: ASC }]`),
      ),
    );
    for (const order of orders) expect(order).toEqual(['high', 'low', 'middle']);
    const first = await listed('sort: [{ score: DESC }, { name: ASC }] limit: 1');
    expect(first).toEqual(['high'].slice(0, 1));
  });
});

describe('ways to an object', () => {
  test('are not opened by an interface or a union: the schema has neither', async () => {
    const schema = await buildOpenSchema(driver);
    const abstract = Object.values(schema.getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && (isInterfaceType(type) || isUnionType(type)),
    );
    expect(abstract).toEqual([]);
  });

  test('by an id alone are the ones of the policy: there is no node(id:)', async () => {
    const schema = await buildOpenSchema(driver);
    const byId = Object.values(schema.getQueryType()!.getFields()).filter(
      ({ args }) => args.length <= 2 && args.some(({ name }) => name === 'id'),
    );
    expect(byId.map(({ name }) => name)).toEqual([
      'artifact',
      'erasureCertificate',
      'grant',
      'erasureReport',
      'restrictedValues',
    ]);
    const { errors } = await server.graphql(`{ node(id: "${id('Dataset', 'raw')}") { id } }`, {}, 'admin');
    expect(errors[0]?.message).toContain('Cannot query field "node"');
  });
});

describe('two questions beside each other', () => {
  const TOTALS = `query ($of: ID!, $kinds: [Kind!]) { lineage(of: $of, direction: UPSTREAM, kinds: $kinds) { totals { nodes } } }`;

  test('under a grant count the same with and without a kind that is hidden', async () => {
    const holder = await issueGrant(server, { roots: [id('Dataset', 'shown')], kinds: ['Dataset'] });
    const all = await holder.ask(TOTALS, { of: id('Dataset', 'shown') });
    const datasets = await holder.ask(TOTALS, { of: id('Dataset', 'shown'), kinds: ['Dataset'] });
    const hidden = await holder.ask(TOTALS, { of: id('Dataset', 'shown'), kinds: ['Transform'] });
    expect(all).toEqual(datasets);
    expect(hidden.lineage.totals.nodes).toBe(0);
  });

  test('under two grants show no more than one of them does: names of surrogates have nothing in common', async () => {
    const of = id('Dataset', 'shown');
    const query = `query ($of: ID!) { lineage(of: $of, direction: UPSTREAM) { surrogates { items { id effects causes } total } } }`;
    const grant = { roots: [of], kinds: ['Dataset'] };
    const answers = [];
    for (const holder of [await issueGrant(server, grant), await issueGrant(server, grant)])
      answers.push((await holder.ask(query, { of })).lineage.surrogates);
    const [one, two] = answers.map(({ items, ...rest }) => ({
      ...rest,
      items: items.map((item: { id: string }) => ({ ...item, id: '' })),
    }));
    expect(one).toEqual(two);
    const [first, second] = answers.map(({ items }) => items[0].id as string);
    expect(first).not.toBe(second);
    const swapped = await issueGrant(server, grant);
    expect(await codes(swapped.graphql(query, { of: first }))).toEqual(['BAD_URN']);
  });

  test('a cursor of one holder does not open for another, nor under another question', async () => {
    const query = `query ($of: ID!, $after: String) { lineage(of: $of, direction: UPSTREAM, first: 1, after: $after) { endCursor } }`;
    const grant = { roots: [id('Model', 'risk')] };
    const [one, two] = [await issueGrant(server, grant), await issueGrant(server, grant)];
    const of = id('Model', 'risk');
    const { lineage } = await one.ask(query, { of });
    const after = lineage.endCursor as string;
    expect(await codes(two.graphql(query, { of, after }))).toEqual(['BAD_CURSOR']);
    expect(await codes(one.graphql(query, { of: id('Dataset', 'shown'), after }))).toEqual(['BAD_CURSOR']);
    expect(await codes(one.graphql(query, { of, after }))).toEqual([]);
  });
});

async function codes(answer: Promise<Answer>): Promise<unknown[]> {
  return (await answer).errors.map(({ extensions }) => extensions.code);
}
