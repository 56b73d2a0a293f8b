/** Contracts through the public door: declared once, read back, checked by the SDK; and whom a change of columns breaks. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import {
  contractDeclaration,
  gateContract,
  jsonDigestOf,
  parseContract,
  parseContractYaml,
  PedigreeClient,
} from '../../../src/sdk/index.js';
import { artifact, edge, id } from '../../support/declarations.js';
import { AT, GOOD, LOANS } from '../../support/loan-contract.js';
import { TestServer } from '../../support/server.js';

const DOCUMENT = parseContractYaml(LOANS);
const CONTRACT = parseContract(DOCUMENT);
const version = (n: number): string => `dataset:test/loans@${String(n)}`;
const schemaOf = (...fields: [string, string, boolean?][]) =>
  fields.map(([name, type, nullable]) => ({ name, type, ...(nullable === undefined ? {} : { nullable }) }));

let server: TestServer;
let client: PedigreeClient;

beforeAll(async () => {
  server = await TestServer.start();
  client = new PedigreeClient({ url: server.url, token: await server.token('writer') });
  await server.declareAll([
    {
      ...artifact('Dataset', 'loans', [], {
        fields: {
          schema: schemaOf(
            ['ratio', 'double', false],
            ['score', 'int'],
            ['branch', 'string'],
            ['note', 'string'],
          ),
        },
      }),
      id: version(1),
    },
    {
      ...artifact('Dataset', 'loans', [], {
        fields: {
          schema: schemaOf(
            ['ratio', 'double'],
            ['score', 'string'],
            ['note', 'string', false],
            ['zip', 'string'],
          ),
        },
      }),
      id: version(2),
    },
    { ...artifact('Dataset', 'loans'), id: version(3) },
    artifact('FeatureDef', 'risk', [edge('DERIVED_FROM', version(1), { props: { columns: ['score'] } })]),
    artifact('Transform', 'prepare', [edge('READ', version(1), { props: { columns: ['ratio', 'note'] } })]),
    artifact('Transform', 'notes', [edge('READ', version(1), { props: { columns: ['note'] } })]),
    artifact('Dataset', 'prepared', [edge('PRODUCED_BY', id('Transform', 'prepare'))]),
    artifact('Model', 'credit', [edge('TRAINED_ON', id('Dataset', 'prepared'))]),
    artifact('Model', 'direct', [edge('TRAINED_ON', version(1))]),
    artifact('Dataset', 'noted', [edge('PRODUCED_BY', id('Transform', 'notes'))]),
    artifact('Model', 'reader', [edge('TRAINED_ON', id('Dataset', 'noted'))]),
  ]);
}, 60_000);

afterAll(async () => {
  await client.close();
  await server.stop();
});

describe('a contract', () => {
  const CONTRACTS = `query ($of: ID!, $first: PageSize, $asOf: AsOf) {
    contracts(of: $of, first: $first, asOf: $asOf) {
      total truncated items { name version digest document yaml attestation { id about { items } } }
    }
  }`;

  test('is declared for one version, found for every version, the newest first, and never changes', async () => {
    await client.declare(contractDeclaration(CONTRACT, { about: version(1), occurredAt: AT }));
    const next = parseContract({ ...DOCUMENT, version: '2.0.0' });
    await client.declare(contractDeclaration(next, { about: version(2), occurredAt: AT }));
    const { contracts } = await server.ask(CONTRACTS, { of: version(3) }, 'reader');
    expect(contracts).toMatchObject({
      total: 2,
      truncated: false,
      items: [
        { name: 'loans', version: '2.0.0', attestation: { id: 'attestation:test/contract-loans@2.0.0' } },
        { name: 'loans', version: '1.2.0', digest: jsonDigestOf(DOCUMENT), document: DOCUMENT },
      ],
    });
    expect(parseContractYaml(contracts.items[1].yaml)).toEqual(DOCUMENT);
    const cut = await server.ask(CONTRACTS, { of: version(1), first: 1 }, 'reader');
    expect(cut.contracts).toMatchObject({ total: 2, truncated: true, items: [{ version: '2.0.0' }] });
    const changed = parseContract({ ...DOCUMENT, status: 'draft' });
    await expect(
      client.declare(contractDeclaration(changed, { about: version(1), occurredAt: AT })),
    ).rejects.toMatchObject({ code: 'IMMUTABLE_CONFLICT' });
  });

  test('another data set has none, and one whose name only begins alike neither', async () => {
    for (const other of [id('Dataset', 'prepared'), 'dataset:test/loan@1']) {
      expect((await server.ask(CONTRACTS, { of: other }, 'reader')).contracts).toMatchObject({
        total: 0,
        items: [],
      });
    }
  });

  test('that cannot be checked, or is not what its digest says, is refused', async () => {
    const good = contractDeclaration(parseContract({ ...DOCUMENT, version: '3' }), {
      about: version(1),
      occurredAt: AT,
    });
    const bad = { ...DOCUMENT, schema: [] };
    await expect(
      client.declare({ ...good, fields: { document: bad, contractDigest: jsonDigestOf(bad) } }),
    ).rejects.toThrow(/fields\/document must be a contract \(schema must have a table/);
    await expect(
      client.declare({ ...good, fields: { document: DOCUMENT, contractDigest: jsonDigestOf(bad) } }),
    ).rejects.toThrow(/must have as "contractDigest" the SHA-256/);
  });

  test('is about data sets only', async () => {
    const { errors } = await server.graphql(CONTRACTS, { of: id('Model', 'credit') }, 'reader');
    expect(errors[0]?.extensions.code).toBe('URN_KIND_MISMATCH');
  });
});

test('a gate declares what it found, as a finding, before it stops the pipeline', async () => {
  const rows = [...GOOD.slice(0, 2), { ...GOOD[2]!, ratio: 300 }];
  const options = { about: version(2), at: AT, occurredAt: AT, before: 'SCORING' as const };
  await expect(gateContract(client, CONTRACT, rows, options)).rejects.toThrow(
    /dataset:test\/loans@2 must keep the contract loans 1\.2\.0, but .*ratio: at most 3 \(1 row, such as 3\)/,
  );
  const { attestations } = await server.ask(
    '{ attestations(findingsOnly: true) { items { type fields about { items } } } }',
    {},
    'reader',
  );
  expect(attestations.items).toMatchObject([
    {
      type: 'CONTRACT_CHECK',
      about: { items: [version(2)] },
      fields: {
        ...{ contract: 'loans 1.2.0', contractDigest: jsonDigestOf(DOCUMENT), passed: false },
        ...{ rowsChecked: 3, rowsFailed: 1, extra: { before: 'SCORING' } },
      },
    },
  ]);
  expect(JSON.stringify(attestations.items)).not.toMatch(/\b300\b/);
});

describe('a change of columns', () => {
  const CHANGE = `query ($from: ID!, $to: ID!) {
    schemaChange(from: $from, to: $to) {
      breaking changes { column kind before after breaking reaches { dataset column } }
      consumers { artifact { id } edge columns certain } consumersTotal consumersTruncated
      models { items total truncated }
    }
  }`;

  test('breaks those who read what was changed, and who do not say what they read may be broken', async () => {
    const { schemaChange } = await server.ask(CHANGE, { from: version(1), to: version(2) }, 'reader');
    expect(schemaChange).toEqual({
      breaking: 3,
      changes: [
        {
          column: 'ratio',
          kind: 'MADE_NULLABLE',
          before: 'not null',
          after: 'may be null',
          breaking: true,
          reaches: [],
        },
        {
          ...{ column: 'score', kind: 'TYPE_CHANGED', before: 'int', after: 'string', breaking: true },
          reaches: [{ dataset: 'featuredef:test/risk', column: null }],
        },
        { column: 'branch', kind: 'REMOVED', before: 'string', after: null, breaking: true, reaches: [] },
        {
          column: 'note',
          kind: 'MADE_REQUIRED',
          before: 'may be null',
          after: 'not null',
          breaking: false,
          reaches: [],
        },
        { column: 'zip', kind: 'ADDED', before: null, after: 'string', breaking: false, reaches: [] },
      ],
      consumers: [
        { artifact: { id: id('Transform', 'prepare') }, edge: 'READ', columns: ['ratio'], certain: true },
        { artifact: { id: id('Model', 'direct') }, edge: 'TRAINED_ON', columns: [], certain: false },
      ],
      consumersTotal: 2,
      consumersTruncated: false,
      models: { items: [id('Model', 'credit'), id('Model', 'direct')], total: 2, truncated: false },
    });
  });

  test('that only adds breaks nobody', async () => {
    const { schemaChange } = await server.ask(CHANGE, { from: version(2), to: version(2) }, 'reader');
    expect(schemaChange).toMatchObject({ breaking: 0, changes: [], consumers: [], models: { items: [] } });
  });

  test.each([
    ['a version that is not there', version(9), 'NOT_FOUND', /there is no artifact dataset:test\/loans@9/],
    ['a version without columns', version(3), 'BAD_INPUT', /loans@3 must have declared its columns/],
    ['a model', id('Model', 'credit'), 'URN_KIND_MISMATCH', /must be the id of a data set/],
  ])('is refused for %s', async (_, to, code, message) => {
    const { errors } = await server.graphql(CHANGE, { from: version(1), to }, 'reader');
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
  });
});
