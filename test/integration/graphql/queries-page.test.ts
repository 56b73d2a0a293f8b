/** docs/queries.md says what there is: its table has every field, and its examples are answered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

import { codeBlocks, codesIn, readPage, tableUnder } from '../../support/markdown.js';
import { TestServer } from '../../support/server.js';
import { storyline } from '../../support/storyline.js';

const PAGE = readPage('queries.md');
const SCHEMA = buildSchema(readPage('schema.graphql'));
const EXAMPLES = codeBlocks(PAGE, 'graphql');

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(storyline());
}, 60_000);

afterAll(() => server.stop());

test('the table has every field that can be asked', () => {
  const told = tableUnder(PAGE, 'What can be asked').flatMap(([field = '']) => codesIn(field));
  expect(told.toSorted()).toEqual(Object.keys(SCHEMA.getQueryType()!.getFields()).toSorted());
});

test.each(EXAMPLES.filter((text) => text.startsWith('{')))('is answered: %s', async (text) => {
  const data = (await server.ask(text)) as Record<string, Record<string, unknown>>;
  for (const answer of Object.values(data)) {
    for (const list of ['nodes', 'groups', 'artifacts', 'items', 'paths']) {
      if (list in answer) expect(answer[list]).not.toEqual([]);
    }
  }
});

test('subscriptions are as in the schema', () => {
  const others = EXAMPLES.filter((text) => !text.startsWith('{'));
  expect(others.length).toBeGreaterThan(0);
  for (const text of others) expect(validate(SCHEMA, parse(text))).toEqual([]);
});
