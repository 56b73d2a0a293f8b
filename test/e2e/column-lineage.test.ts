/** Columns across runs and into features: from OpenLineage and from native declarations, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { openServer, type OpenServer } from '../support/open-server.js';
import { realEvents, runEvent } from '../support/openlineage.js';

let server: OpenServer;

async function send(path: string, body: unknown): Promise<Response> {
  const token = await server.running.tokens.sign({ name: 'test', role: 'admin', namespaces: ['*'] });
  return fetch(server.running.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const QUERY = `query ($of: ColumnInput!, $direction: Direction!, $depth: Int, $asOf: AsOf, $first: PageSize! = 100, $after: String) {
  columnLineage(of: $of, direction: $direction, depth: $depth, asOf: $asOf, first: $first, after: $after) {
    asOf hasNextPage endCursor
    root { links { total truncated items { from { name column } to { kind namespace name column } transformation masking } } }
    columns { depth column { dataset kind name column } }
  }
}`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(variables: object): Promise<any> {
  const answer = (await (await send('/graphql', { query: QUERY, variables })).json()) as {
    data?: { columnLineage: unknown };
    errors?: readonly { message: string; extensions: { code: string } }[];
  };
  return answer.errors?.[0] ?? answer.data?.columnLineage;
}

/** `name.column` of each column, nearest first. */
async function columns(of: object, direction: string, more: object = {}): Promise<string[]> {
  const { columns: found } = await ask({ of, direction, ...more });
  return found.map(
    ({ column }: { column: { name: string; column: string | null } }) =>
      `${column.name}.${column.column ?? 'feature'}`,
  );
}

const DAY = '2026-01-01T00:00:00Z';
const SCORES = { id: 'featuredef:risk/ratio@1' };

beforeAll(async () => {
  server = await openServer();
  expect(
    (
      await send(
        '/api/v1/lineage/batch',
        realEvents('CLL').map((text) => JSON.parse(text)),
      )
    ).status,
  ).toBe(204);
  const source = { dataset: 'dataset:lake/raw@1', column: 'income' };
  const declared = await send('/v1/declare', [
    {
      id: 'dataset:lake/clean@1',
      kind: 'Dataset',
      occurredAt: DAY,
      fields: {
        schema: [
          { name: 'dti', type: 'int' },
          { name: 'unused', type: 'int' },
        ],
      },
      edges: [
        {
          type: 'PRODUCED_BY',
          to: 'transform:jobs/clean@1',
          props: {
            columns: [
              {
                column: 'dti',
                from: [
                  { ...source, transformation: 'DIRECT/TRANSFORMATION', masking: true },
                  { ...source, column: 'debt' },
                ],
              },
              {
                column: '*',
                from: [
                  { dataset: 'dataset:lake/customers@1', column: 'id', transformation: 'INDIRECT/JOIN' },
                ],
              },
            ],
          },
        },
      ],
    },
    {
      id: SCORES.id,
      kind: 'FeatureDef',
      occurredAt: DAY,
      edges: [{ type: 'DERIVED_FROM', to: 'dataset:lake/clean@1', props: { columns: ['dti'] } }],
    },
    {
      id: 'featuredef:risk/ratio2@1',
      kind: 'FeatureDef',
      occurredAt: DAY,
      edges: [{ type: 'DERIVED_FROM', to: SCORES.id }],
    },
  ]);
  expect(await declared.text()).not.toContain('error');
});

afterAll(() => server.stop());

describe('columnLineage', () => {
  test('says which raw columns feed a feature', async () => {
    expect(await columns({ id: 'featuredef:risk/ratio2@1' }, 'UPSTREAM')).toEqual([
      'ratio.feature',
      'clean.dti',
      'clean.*',
      'raw.debt',
      'raw.income',
      'customers.id',
    ]);
  });

  test('says which features a column feeds', async () => {
    const of = { id: 'dataset:lake/raw@2', column: 'income' };
    expect(await columns(of, 'DOWNSTREAM')).toEqual(['clean.dti', 'ratio.feature', 'ratio2.feature']);
    expect(await columns(of, 'DOWNSTREAM', { depth: 1 })).toEqual(['clean.dti']);
    const { root } = await ask({ of, direction: 'DOWNSTREAM' });
    expect(root.links).toEqual({
      total: 1,
      truncated: false,
      items: [
        {
          from: { name: 'clean', column: 'dti' },
          to: { kind: 'Dataset', namespace: 'lake', name: 'raw', column: 'income' },
          transformation: 'DIRECT/TRANSFORMATION',
          masking: true,
        },
      ],
    });
  });

  test('follows the events of Spark', async () => {
    const of = { id: 'dataset:file/%2Ftmp%2Fcll_test%2Ftbl1@any', column: 'ident' };
    expect(await columns(of, 'UPSTREAM')).toEqual([
      '/tmp/cll_test/cll_source1.a',
      '/tmp/cll_test/cll_source1.b',
      '/tmp/cll_test/cll_source2.a',
    ]);
  });

  test('is paged in an order that does not change', async () => {
    const of = { id: 'featuredef:risk/ratio2@1' };
    const whole = await columns(of, 'UPSTREAM');
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page = await ask({ of, direction: 'UPSTREAM', first: 2, after });
      pages.push(...(await columns(of, 'UPSTREAM', { first: 2, after })));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual(whole);
  });

  test('holds as of a point, and a circle of columns ends', async () => {
    const of = { id: 'dataset:lake/loop@1', column: 'n' };
    const input = { namespace: 'lake', name: 'loop', field: 'n' };
    const facets = { columnLineage: { fields: { n: { inputFields: [input, { ...input, name: 'seed' }] } } } };
    const event = runEvent({
      run: 'loop',
      inputs: ['loop'],
      outputs: [{ namespace: 'lake', name: 'loop', facets }],
    });
    expect((await ask({ of, direction: 'UPSTREAM' })).extensions.code).toBe('NOT_FOUND');
    const before = new Date(Date.now() - 1).toISOString();
    expect((await send('/api/v1/lineage', event)).status).toBe(201);
    expect(await columns(of, 'UPSTREAM')).toEqual(['seed.n']);
    const asOf = { time: before };
    expect((await ask({ of, direction: 'UPSTREAM', asOf })).extensions.code).toBe('NOT_FOUND');
    expect((await ask({ of: SCORES, direction: 'UPSTREAM', asOf })).columns).toHaveLength(5);
  });

  test('refuses what is no column', async () => {
    for (const of of [
      { id: 'dataset:lake/raw@1' },
      { ...SCORES, column: 'x' },
      { id: 'model:a/b@1', column: 'x' },
    ]) {
      expect((await ask({ of, direction: 'UPSTREAM' })).message).toContain(
        'takes a data set with a column, or a feature',
      );
    }
    expect((await ask({ of: SCORES, direction: 'UPSTREAM', depth: 0 })).message).toContain(
      'depth must be 1 or more',
    );
  });
});
