/** Impact and root cause through the schema as it is served, with its gate. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { graphql } from 'graphql';

import { toPrincipal } from '../../../src/access/principal.js';
import type { Role } from '../../../src/access/scopes.js';
import { createLoaders } from '../../../src/graphql/loaders.js';
import { buildSchemas, type SchemaSource } from '../../../src/graphql/schema.js';
import { LineageReader } from '../../../src/store/lineage-reader.js';
import { declaredLineage, type DeclaredLineage } from '../../support/declared-lineage.js';
import { decisionOf, deliveryStory, FAULTY_RUN, FEATURES } from '../../support/delivery-story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let lineage: DeclaredLineage;
let schemas: SchemaSource;

beforeAll(async () => {
  lineage = await declaredLineage(temporaryFolder());
  ({ schemas } = await buildSchemas(lineage.database.driver));
  await lineage.declare(deliveryStory({ north: 'aaaaaaa', south: 'aaaaaaa', west: 'bbbbbbb' }));
  await lineage.declare([
    {
      id: 'attestation:bank/ops@1',
      kind: 'Attestation',
      type: 'DEPLOYED',
      about: ['model:bank/risk@1'],
      occurredAt: 5,
      fields: { endpoint: '/score', environment: 'production' },
    },
  ]);
});

afterAll(() => lineage.close());

async function ask(source: string, role: Role, variableValues: Record<string, unknown> = {}) {
  const principal = toPrincipal({ sub: 'someone', exp: 4e9, roles: [role] }, 'token');
  const contextValue = {
    principal,
    services: lineage,
    loaders: createLoaders(new LineageReader(lineage.database)),
    // Rows are followed only for a read that is recorded; test/integration/governance looks at the record.
    recording: { read: { looked: () => undefined } },
  };
  const { data, errors } = await graphql({
    schema: schemas.of(principal.scopes),
    source,
    contextValue,
    variableValues,
  });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
}

test('impact says what depends on a data set', async () => {
  const query = `query ($of: ID!, $size: BigInt!) {
    now: impact(of: $of, modes: [LIVE]) {
      asOf root { id } artifacts { kind count }
      decisions { total precision byMode { mode count } byModel(first: 1) { items { model count } total truncated } }
    }
    earlier: impact(of: $of, asOf: { treeSize: $size }) { asOf decisions { total } }
    united: impact(of: "dataset:bank/applications@2026-06-15") { decisions { total precision } }
    model: impact(of: "model:bank/risk@1") {
      models { items { id } hasNextPage }
      deployments { items { model endpoint environment deployedAt attestation { id } } total truncated }
    }
  }`;
  expect(await ask(query, 'reader', { of: FAULTY_RUN, size: '20' })).toEqual({
    now: {
      asOf: '135',
      root: { id: FAULTY_RUN },
      artifacts: [
        { kind: 'Dataset', count: 3 },
        { kind: 'Transform', count: 2 },
      ],
      decisions: {
        total: '120',
        // The faulty run made one part of a union, so the other parts' decisions are counted, too.
        precision: 'DATA_SET_LEVEL',
        byMode: [{ mode: 'LIVE', count: '120' }],
        byModel: { items: [{ model: 'model:bank/risk@1', count: '120' }], total: 1, truncated: false },
      },
    },
    earlier: { asOf: '20', decisions: { total: '6' } },
    united: { decisions: { total: '120', precision: 'EXACT' } },
    model: {
      models: { items: [], hasNextPage: false },
      deployments: {
        items: [
          {
            model: 'model:bank/risk@1',
            endpoint: '/score',
            environment: 'production',
            deployedAt: '1970-01-01T00:00:00.005Z',
            attestation: { id: 'attestation:bank/ops@1' },
          },
        ],
        total: 1,
        truncated: false,
      },
    },
  });
});

test('where rows can be followed, a part of a union affects the decisions about its own rows and no others', async () => {
  const query = `query ($of: ID!) {
    impact(of: $of) { decisions { total precision byModel { items { count } } } }
    impactedDecisions(of: $of, first: 1000, order: OLDEST_FIRST) { precision items { id } }
  }`;
  expect(await ask(query, 'auditor', { of: FAULTY_RUN })).toEqual({
    impact: { decisions: { total: '40', precision: 'EXACT', byModel: { items: [{ count: '40' }] } } },
    impactedDecisions: {
      precision: 'EXACT',
      items: Array.from({ length: 40 }, (_, i) => ({ id: decisionOf(80 + i) })),
    },
  });
});

test('impactedDecisions is paged, and shows nothing personal', async () => {
  const query = `query ($of: ID!, $after: String) {
    impactedDecisions(of: $of, first: 2, order: OLDEST_FIRST, after: $after) {
      asOf precision hasNextPage endCursor items { id decidedAt mode model artifact { fields } }
    }
  }`;
  interface Page {
    readonly items: readonly { id: string }[];
    readonly endCursor: string;
  }
  const first = (await ask(query, 'reader', { of: FEATURES })).impactedDecisions as Page;
  const { endCursor: after } = first;
  const second = (await ask(query, 'reader', { of: FEATURES, after })).impactedDecisions as Page;
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([0, 1, 2, 3].map(decisionOf));
  expect(first.items[0]).toEqual({
    id: decisionOf(0),
    decidedAt: '2026-06-15T08:00:00.000Z',
    mode: 'LIVE',
    model: 'model:bank/risk@1',
    artifact: { fields: {} },
  });
});

test('rootCause follows rows only for those who may read their keys', async () => {
  const query = `query ($suspects: [ID!]!, $controls: [ID!]!) {
    rootCause(suspects: $suspects, controls: $controls, first: 1) {
      suspects controls precision followedByRow total truncated
      candidates { artifact { id } suspects controls pValue alike codeDifference { code siblings { id code } } findings { id } }
    }
  }`;
  const variables = {
    suspects: Array.from({ length: 10 }, (_, i) => decisionOf(80 + i)),
    controls: Array.from({ length: 10 }, (_, i) => decisionOf(i)),
  };
  expect(await ask(query, 'auditor', variables)).toMatchObject({
    rootCause: {
      precision: 'EXACT',
      followedByRow: 20,
      total: 3,
      truncated: true,
      candidates: [{ artifact: { id: FAULTY_RUN }, suspects: 10, controls: 0, alike: 2, findings: [] }],
    },
  });
  expect(await ask(query, 'reader', variables)).toMatchObject({
    rootCause: { precision: 'DATA_SET_LEVEL', followedByRow: 0, total: 0, candidates: [] },
  });
});
