/** What a declaration becomes: nothing personal lies open on the node, and the node gives back what the entry commits to. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { prepareEntry, subjectKeysOf } from '../../../src/capture/prepare-entry.js';
import { canonicalJson, type Json } from '../../../src/domain/json.js';
import { membersOf } from '../../../src/ledger/members.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import type { KeysByName } from '../../../src/store/keys/key-store.js';
import type { PreparedEntry } from '../../../src/store/prepared-entry.js';
import { openValues, personalValues, sealedPaths } from '../../../src/store/stored-values.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ATTESTATION, DATASET, MADE_BY, MODEL, PREDICTION, SCORED, TRANSFORM } from './refusals.js';

const keyStore = new EmbeddedKeyStore(temporaryFolder());

afterAll(() => keyStore.close());

async function prepare(input: unknown, principal = 'ci'): Promise<PreparedEntry> {
  const declaration = parseDeclaration(input);
  return prepareEntry(declaration, principal, keyStore, await subjectKeysOf([declaration], keyStore));
}

const DECISION = {
  ...PREDICTION,
  subjects: ['alice-7', 'bob-9'],
  fields: {
    outcome: 'denied-7',
    score: 0.75,
    notes: 'called-7',
    preprocessing: { repository: 'r', commit: 'abcdef0' },
  },
  personal: ['outcome'],
  features: { dir: { value: 0.2217, subject: 'bob-9' }, lvr: { value: 0.8117, contribution: 1 } },
  edges: [MADE_BY, { ...SCORED, row: ['row-7'] }],
};

describe('a decision', () => {
  let props: PreparedEntry['props'];
  let edges: PreparedEntry['edges'];

  beforeAll(async () => {
    ({ props, edges } = await prepare(DECISION));
  });

  test('keeps no personal value in the open', () => {
    const text = JSON.stringify({ props, edges });
    for (const secret of ['alice-7', 'bob-9', 'denied-7', 'called-7', '0.2217', '0.8117', 'row-7']) {
      expect(text).not.toContain(secret);
    }
  });

  test('seals what is personal, and gives back every value with the keys', async () => {
    expect([...openValues(props).keys()]).toEqual(['value/score', 'value/preprocessing']);
    expect([...sealedPaths(props)].sort()).toEqual([
      'row/SCORED/dataset:lending/loans@1',
      'value/features/dir',
      'value/features/lvr',
      'value/notes',
      'value/outcome',
      'value/subjects/0',
      'value/subjects/1',
    ]);
    const values = [...openValues(props)].concat(
      [...(await personalValues(props, keyStore))].map(([path, read]) => {
        expect(read.state).toBe('OPEN');
        return [path, (read as { value: Json }).value];
      }),
    );
    const members = membersOf(parseDeclaration(DECISION)).values.map(({ path, json }) => [path, json]);
    expect(new Map(values.map(([path, value]) => [path, canonicalJson(value)]))).toEqual(
      new Map(members as never),
    );
  });

  test.each(['ERASED', 'KEY_LOST'] as const)('is of no use without the keys: %s', async (expected) => {
    const keysOf = (kids: readonly string[]): Promise<KeysByName> =>
      Promise.resolve(new Map(expected === 'ERASED' ? kids.map((kid) => [kid, 'DESTROYED']) : []));
    const gone = await personalValues(props, { keysOf });
    expect(new Set([...gone.values()].map(({ state }) => state))).toEqual(new Set([expected]));
  });

  test('names the keys that it needs, the first of them on the node', async () => {
    const { kids, keySerial } = await prepare(DECISION);
    const keys = await keyStore.subjectKeys(DECISION.subjects);
    expect(new Set(kids)).toEqual(new Set([...keys.values()].map(({ kid }) => kid)));
    expect(props.kid).toBe(kids[0]);
    expect(keySerial).toBe(Math.max(...[...keys.values()].map(({ serial }) => serial)));
  });

  test('has typed properties for reads, and a place in a decision group', async () => {
    expect(props).toMatchObject({
      id: DECISION.id,
      mode: 'LIVE',
      codeRepository: 'r',
      codeCommit: 'abcdef0',
      by: 'ci',
    });
    expect((await prepare(DECISION)).score).toBe(0.75);
    expect((await prepare(DECISION)).group).toMatchObject({
      model: MODEL.id,
      datasets: [DATASET.id],
      mode: 'LIVE',
    });
  });

  test('whose score or code is personal has neither in the open', async () => {
    const hidden = await prepare({ ...DECISION, personal: ['score', 'preprocessing'] });
    expect(hidden.score).toBeUndefined();
    expect(hidden.props).not.toHaveProperty('codeCommit');
    expect(JSON.stringify(hidden.props)).not.toContain('abcdef0');
  });

  test('that concerns nobody has nothing to seal', async () => {
    const open = await prepare({
      ...DECISION,
      features: { dir: { value: 0.2217 } },
      subjects: [],
      personal: [],
    });
    expect(sealedPaths(open.props)).toEqual([]);
    expect(openValues(open.props).get('value/features/dir')).toEqual({ value: 0.2217 });
  });
});

describe('the entry', () => {
  test('is the same for the same declaration, and names who declared it beside its digest', async () => {
    const [first, again, other] = [
      await prepare(DECISION),
      await prepare(DECISION),
      await prepare(DECISION, 'somebody else'),
    ];
    expect(again.entry).toEqual(first.entry);
    expect(other.entry.digest).toBe(first.entry.digest);
    expect(other.entry.by).not.toBe(first.entry.by);
  });

  test('does not depend on how an equal declaration was written', async () => {
    const rewritten = {
      ...DECISION,
      edges: DECISION.edges.toReversed(),
      occurredAt: '1970-01-01T00:00:00.001Z',
    };
    expect((await prepare(rewritten)).entry).toEqual((await prepare(DECISION)).entry);
  });

  test.each([
    ['a value', { fields: { ...DECISION.fields, outcome: 'approved' } }],
    ['a feature', { features: { ...DECISION.features, lvr: { value: 0.8 } } }],
    ['whose feature it is', { features: { ...DECISION.features, dir: { value: 0.2217 } } }],
    ['a row', { edges: [MADE_BY, { ...SCORED, row: ['row-8'] }] }],
    ['an edge', { edges: [MADE_BY] }],
    ['an edge property', { edges: [MADE_BY, { ...SCORED, props: { role: 'CONTEXT' }, row: ['row-7'] }] }],
    ['a subject', { subjects: ['alice-7', 'bob-9', 'carol'] }],
    ['what is personal', { personal: [] }],
    ['the time', { occurredAt: 2 }],
  ])('changes with %s', async (_what, change) => {
    const [changed, first] = [await prepare({ ...DECISION, ...change }), await prepare(DECISION)];
    expect(changed.entry.digest).not.toBe(first.entry.digest);
  });
});

describe('edges', () => {
  test('a definition’s link to data is stored under a type of its own, which no walk downstream follows', async () => {
    const definition = { id: 'featuredef:lending/dir@1', kind: 'FeatureDef', occurredAt: 1 };
    const edges = ['dataset:lending/loans@1', 'featuredef:lending/debt@1'].map((to) => ({
      type: 'DERIVED_FROM',
      to,
    }));
    expect((await prepare({ ...definition, edges })).edges.map(({ type }) => type)).toEqual([
      'DERIVED_FROM_DATA',
      'DERIVED_FROM',
    ]);
  });

  test('a binding ends the earlier one from the same data set; a correction ends what it names', async () => {
    const bound = { type: 'RESOLVED_TO', from: 'dataset:lending/loans@read', to: DATASET.id };
    const resolved = { ...ATTESTATION, type: 'RESOLVED', about: [bound.from], fields: {}, edges: [bound] };
    expect((await prepare(resolved)).ends).toEqual([{ from: bound.from, type: 'RESOLVED_TO' }]);
    const read = { type: 'READ', from: TRANSFORM.id, to: DATASET.id };
    const corrects = { ...ATTESTATION, type: 'CORRECTS', fields: { reason: 'x' }, withdraws: [read] };
    expect((await prepare(corrects)).ends).toEqual([read]);
  });
});
