import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { PedigreeClient, QueryFailed } from '../../../src/sdk/index.js';
import { DoubleServer, problem } from './double-server.js';

let server: DoubleServer;
let client: PedigreeClient;

beforeEach(async () => {
  server = await DoubleServer.start();
  client = new PedigreeClient({ url: server.url, token: 'secret' });
});

afterEach(async () => {
  await server.stop();
});

function answer(status: number, body: unknown): void {
  server.script((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

test('a query is posted with its variables and answered with its data', async () => {
  answer(200, { data: { artifact: { id: 'x' } } });
  const data = await client.query<{ artifact: { id: string } }>(
    'query ($id: ID!) { artifact(id: $id) { id } }',
    {
      id: 'x',
    },
  );
  expect(data.artifact.id).toBe('x');
  expect(server.requests[0]?.path).toBe('/graphql');
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    query: 'query ($id: ID!) { artifact(id: $id) { id } }',
    variables: { id: 'x' },
  });
});

test('an answer with errors is thrown with the code of the first one', async () => {
  const errors = [{ message: 'no such artifact', extensions: { code: 'NOT_FOUND' } }, { message: 'more' }];
  answer(200, { data: { artifact: null }, errors });
  const failed = client.query('{ artifact(id: "x") { id } }');
  await expect(failed).rejects.toBeInstanceOf(QueryFailed);
  await expect(failed).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'no such artifact',
    errors,
    data: { artifact: null },
  });
});

test('an error under an HTTP status keeps its code', async () => {
  answer(400, { errors: [{ message: 'bad query', extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  await expect(client.query('{')).rejects.toMatchObject({ code: 'GRAPHQL_PARSE_FAILED', status: 400 });
  server.script(problem(401, 'UNAUTHENTICATED'));
  await expect(client.query('{ up }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
});

test('an answer that is no problem document is named by its status', async () => {
  server.script((_, response) => response.writeHead(418).end('I am a teapot'));
  await expect(client.query('{ up }')).rejects.toMatchObject({
    code: 'HTTP_418',
    message: 'the server answered 418: the server gave no reason',
  });
});
