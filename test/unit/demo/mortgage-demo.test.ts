import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { runMortgageDemo } from '../../../demo/index.js';
import { accepted, DoubleServer, receipts, refused } from '../sdk/double-server.js';

let server: DoubleServer;
let lines: string[];

beforeEach(async () => {
  server = await DoubleServer.start();
  answerWith([]);
  lines = [];
});

afterEach(async () => {
  await server.stop();
});

/** The demo asks first whether its last declaration is there: the attestations about the artifact that it is about. */
function answerWith(ids: readonly string[]): void {
  const data = { artifact: { attestations: { items: ids.map((id) => ({ id })) } } };
  server.script((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data }));
  });
}

const options = (): Parameters<typeof runMortgageDemo>[0] => ({
  url: server.url,
  token: 'secret',
  log: (line) => lines.push(line),
});

test('the demo declares everything over HTTP and says how many rows came in and went out', async () => {
  const result = await runMortgageDemo(options());
  const ids = server.requests.flatMap((request) => request.ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(result).toMatchObject({
    rowsIn: 2381,
    decisions: [2380, 900],
    declared: { accepted: ids.length, repeated: 0 },
    summary:
      '2,381 rows in, 1 left out (row 2381: ccs is not an integer from 1 to 6; mcs is not an integer from 1 to 4; ' +
      'pbcr is not yes or no; self is not yes or no), 2,380 decisions out',
  });
  expect(lines[0]).toBe('Raw data: 2381 rows; the contract check finds row 2381');
  expect(lines.at(-1)).toBe('Drift noticed in lvr; incident opened');
});

test('a second run is said to add nothing', async () => {
  server.always(receipts((index, ids) => ({ ...accepted(index, ids), repeated: true })));
  const { declared } = await runMortgageDemo(options());
  expect(declared.repeated).toBe(declared.accepted);
  expect(lines.every((line) => line.endsWith(' (already there)'))).toBe(true);
});

test('what is there to the end is not sent again', async () => {
  await runMortgageDemo(options());
  const sent = server.requests.flatMap((request) => request.ids);
  answerWith(sent.slice(-1));
  server.requests.length = 0;
  lines = [];
  const { declared } = await runMortgageDemo(options());
  expect(server.requests.map(({ path }) => path)).toEqual(['/graphql']);
  expect(declared).toEqual({ accepted: sent.length, repeated: sent.length });
  expect(lines.every((line) => line.endsWith(' (already there)'))).toBe(true);
});

test('a refusal ends it', async () => {
  server.always(receipts((index, ids) => refused(index, ids, 'IMMUTABLE_CONFLICT')));
  await expect(runMortgageDemo(options())).rejects.toMatchObject({ code: 'IMMUTABLE_CONFLICT' });
});

test('it stops before its next part when it is told to', async () => {
  const stop = new AbortController();
  const log = (line: string): void => {
    lines.push(line);
    if (lines.length === 2) stop.abort();
  };
  const { declared } = await runMortgageDemo({ ...options(), log, signal: stop.signal });
  expect(lines).toHaveLength(2);
  expect(declared.accepted).toBe(7);
});
