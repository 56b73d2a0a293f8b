/** The mortgage demo's second chapter: its faulty step is found from nothing but odd decisions and others. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { runMortgageDemo, type DemoResult } from '../../demo/index.js';
import { TestServer } from '../support/server.js';

let server: TestServer;
let demo: DemoResult;

beforeAll(async () => {
  server = await TestServer.start();
  demo = await runMortgageDemo({ url: server.url, token: await server.token('admin'), log: () => undefined });
}, 120_000);

afterAll(() => server.stop());

const QUERY = `query ($suspects: [ID!]!, $controls: [ID!]!) {
  rootCause(suspects: $suspects, controls: $controls, first: 3) {
    suspects controls precision tested
    candidates { artifact { id kind name } suspects controls adjustedPValue codeDifference { code siblings { id code } } }
  }
}`;

interface Candidate {
  readonly artifact: object;
  readonly adjustedPValue: number;
  readonly codeDifference: { readonly code: string; readonly siblings: readonly object[] };
}

interface Answer {
  readonly rootCause: { readonly precision: string; readonly candidates: readonly Candidate[] };
}

test('names the conversion of the west branch first, and that its code is another', async () => {
  const { suspects, controls } = demo.ids;
  const asked = { suspects: suspects.slice(0, 1_000), controls: controls.slice(0, 1_000) };
  const { rootCause } = (await server.ask(QUERY, asked)) as Answer;
  const [first] = rootCause.candidates as [Candidate];
  expect(first.artifact).toMatchObject({ kind: 'Transform', name: 'convert-delivery-west' });
  expect(first.adjustedPValue).toBeLessThan(0.001);
  expect(first.codeDifference.code).toContain('convert-delivery-percent');
  expect(first.codeDifference.siblings).toHaveLength(2);
  expect(rootCause.precision).toBe('EXACT');
});
