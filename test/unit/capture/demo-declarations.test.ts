import { expect, test } from '@jest/globals';

import { runMortgageDemo } from '../../../demo/index.js';
import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { parseStrictJson } from '../../../src/domain/json.js';
import { failureOf } from '../../support/failure.js';
import { DoubleServer, type Answer } from '../sdk/double-server.js';

test('every declaration of the demo is one that the server takes', async () => {
  const server = await DoubleServer.start();
  server.script(storyNotThere);
  try {
    await runMortgageDemo({ url: server.url, token: 'secret', log: () => undefined });
  } finally {
    await server.stop();
  }
  const declared = server.requests.filter(({ path }) => path === '/v1/declare');
  const lines = declared.flatMap(({ body }) => body.trim().split('\n'));
  const refused = lines.flatMap((line) => failureOf(() => parseDeclaration(parseStrictJson(line))) ?? []);
  expect(refused).toEqual([]);
  expect(lines.length).toBeGreaterThan(3_280);
});

/** The demo asks first whether its story is there already. */
const storyNotThere: Answer = (_, response) => response.end(JSON.stringify({ data: { artifact: null } }));
