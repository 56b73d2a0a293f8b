/** Finding artifacts and attestations, over GraphQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { artifact, id } from '../../support/declarations.js';
import { findable } from '../../support/findable.js';
import { TestServer } from '../../support/server.js';

const SEARCH = `query ($text: String!, $kinds: [Kind!], $first: PageSize, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    asOf endCursor hasNextPage items { match matched artifact { id declared } }
  }
}`;
const ATTESTATIONS = `query ($of: ID, $types: [String!], $findingsOnly: Boolean! = false, $asOf: AsOf, $first: PageSize,
  $after: String) {
  attestations(of: $of, types: $types, findingsOnly: $findingsOnly, asOf: $asOf, first: $first, after: $after) {
    asOf endCursor hasNextPage items { id type about { items total truncated } }
  }
}`;

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.declareAll(findable());
}, 60_000);

afterAll(() => server.stop());

async function found(text: string, kinds?: readonly string[]): Promise<[string, string, string][]> {
  const { search } = await server.ask(SEARCH, { text, kinds }, 'reader');
  return search.items.map(
    ({ match, matched, artifact: hit }: { match: string; matched: string; artifact: { id: string } }) => [
      match,
      matched,
      hit.id,
    ],
  );
}

describe('search', () => {
  test.each([
    [
      'the whole name, then names that begin with it, then those that have it; the newest version of each',
      'loan',
      [
        ['NAME', 'loan', 'dataset:test/loan@1'],
        ['NAME', 'loan-applications', 'dataset:test/loan-applications@3'],
        ['NAME', 'old-loan-book', 'dataset:test/old-loan-book@1'],
      ],
    ],
    ['a name in any case', 'RATES', [['NAME', 'Rates', 'dataset:test/Rates@1']]],
    [
      'several words, in any order',
      'applications loan',
      [['NAME', 'loan-applications', 'dataset:test/loan-applications@3']],
    ],
    ['namespace and name', 'test/credit', [['NAME', 'credit', 'model:test/credit@1']]],
    ['an owner', 'team cr', [['OWNER', 'Team Credit', 'dataset:test/loan-applications@3']]],
    ['an owner that a run names', 'night', [['OWNER', 'night shift', 'transform:test/failed@1']]],
    ['a column', 'zip code', [['COLUMN', 'Zip Code', 'dataset:test/loan-applications@3']]],
    [
      'a name before a column',
      'ratio',
      [
        ['NAME', 'ratio', 'featuredef:test/ratio@1'],
        ['COLUMN', 'debt_ratio', 'dataset:test/loan-applications@3'],
      ],
    ],
    ['a placeholder', 'missing', [['NAME', 'missing', 'transform:test/missing@1']]],
    [
      'the beginning of an id, by id',
      'prediction:test/',
      ['a', 'b', 'c'].map((name) => ['ID', `prediction:test/${name}@1`, `prediction:test/${name}@1`]),
    ],
    [
      'an id with its version',
      'dataset:test/loan-applications@2',
      [['ID', 'dataset:test/loan-applications@2', 'dataset:test/loan-applications@2']],
    ],
    ['nothing', 'no such thing', []],
    ['no person', 'planted-person', []],
    ['no value of a decision', 'planted-word', []],
    ['what looks like a pattern as what it is', '.*', []],
  ])('finds %s', async (_, text, expected) => {
    expect(await found(text)).toEqual(expected);
  });

  test('finds only the kinds that are asked for', async () => {
    expect(await found('ra', ['FeatureDef'])).toEqual([['NAME', 'ratio', 'featuredef:test/ratio@1']]);
    expect(await found('model:test', ['Dataset'])).toEqual([]);
  });

  test.each([
    ['x', 'BAD_INPUT', 'text must have 2 to 200 characters, but got: "x"'],
    [' x ', 'BAD_INPUT', 'text must have 2 to 200 characters, but got: " x "'],
    ['y'.repeat(201), 'BAD_INPUT', 'text must have 2 to 200 characters'],
  ])('refuses %p', async (text, code, message) => {
    const { errors } = await server.graphql(SEARCH, { text }, 'reader');
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toContain(message);
  });

  test.each(['te', 'loan', 'prediction:', 'dataset:test'])(
    'pages of %p join to the whole, whatever is declared meanwhile',
    async (text) => {
      const whole = await found(text);
      const seen: unknown[] = [];
      let after: string | null = null;
      for (let page = 0; page === 0 || after !== null; page++) {
        const { search } = await server.ask(SEARCH, { text, first: 1, after }, 'reader');
        for (const { match, matched, artifact: hit } of search.items) seen.push([match, matched, hit.id]);
        after = search.hasNextPage ? search.endCursor : null;
        await server.declareAll([artifact('FeatureDef', `te-${encodeURIComponent(text)}-${String(page)}`)]);
      }
      expect(seen).toEqual(whole);
    },
  );

  test("refuses another text's cursor", async () => {
    const { search } = await server.ask(SEARCH, { text: 'loan', first: 1 }, 'reader');
    const { errors } = await server.graphql(SEARCH, { text: 'loans', after: search.endCursor }, 'reader');
    expect(errors[0]?.extensions.code).toBe('BAD_CURSOR');
  });
});

describe('attestations', () => {
  async function ids(variables: object): Promise<string[]> {
    const { attestations } = await server.ask(ATTESTATIONS, variables, 'reader');
    return attestations.items.map((item: { id: string }) => item.id.replace(/^attestation:test\/|@1$/g, ''));
  }

  test.each([
    ['all', {}, ['incident', 'drift', 'calm', 'bad', 'good', 'begun', 'end-2', 'end-1']],
    ['of one type', { types: ['DRIFT'] }, ['drift', 'calm']],
    ['of types', { types: ['DRIFT', 'CONTRACT_CHECK', 'DRIFT'] }, ['drift', 'calm', 'bad', 'good']],
    ['about an artifact', { of: id('Dataset', 'Rates') }, ['bad']],
    [
      'about an artifact, of a type',
      { of: id('Dataset', 'loan-applications'), types: ['INCIDENT'] },
      ['incident'],
    ],
    ['that are findings', { findingsOnly: true }, ['incident', 'drift', 'bad']],
    ['that are findings of a type', { findingsOnly: true, types: ['CONTRACT_CHECK'] }, ['bad']],
    [
      'that are findings about an artifact',
      { findingsOnly: true, of: id('Dataset', 'loan-applications') },
      ['incident', 'bad'],
    ],
    ['as of an earlier point', { types: ['DRIFT'], asOf: { treeSize: 17 } }, ['calm']],
  ])('%s, newest first', async (_, variables, expected) => {
    expect(await ids(variables)).toEqual(expected);
  });

  test('pages join to the whole; each says what it is about', async () => {
    const { attestations: first } = await server.ask(ATTESTATIONS, { first: 4 }, 'reader');
    const { attestations: rest } = await server.ask(
      ATTESTATIONS,
      { first: 10, after: first.endCursor },
      'reader',
    );
    expect([first.hasNextPage, rest.hasNextPage, rest.asOf]).toEqual([true, false, first.asOf]);
    const all = [...first.items, ...rest.items];
    expect(all).toHaveLength(8);
    expect(all[3].about).toEqual({
      items: [id('Dataset', 'loan-applications'), id('Dataset', 'Rates')],
      total: 2,
      truncated: false,
    });
  });

  test.each([
    [{ of: 'dataset:test/none@1' }, 'NOT_FOUND'],
    [{ of: 'none' }, 'BAD_URN'],
    [{ types: ['NO_SUCH'] }, 'BAD_INPUT'],
    [{ types: [] }, 'BAD_INPUT'],
    [{ after: 'x' }, 'BAD_CURSOR'],
  ])('refuses %p', async (variables, code) => {
    const { errors } = await server.graphql(ATTESTATIONS, variables, 'reader');
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
