/** Erasing a person through the public door: what is gone, what stays, and what may not be erased. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { AcceptedReceipt, ArtifactDeclaration, Declaration } from '../../../src/domain/declaration.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { testDriver } from '../../support/database.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { findEntryFaults, findLogFaults, readLogSize } from '../../support/log.js';
import { TestServer } from '../../support/server.js';

const CERTIFICATE = `{
  id generation basis requestedBy requestedAt completedAt asOf
  entries { id digest leafIndex }
  erased { artifacts attestations members withoutDigest byPath { path count } items { truncated items { id paths } } }
  remains { datasets { items { id location } } models { items } summaries { type count } statements }
}`;
const ERASE = `mutation ($subject: String!, $basis: String!) { eraseSubject(subject: $subject, basis: $basis) ${CERTIFICATE} }`;
const TRACE = `query ($id: ID!) { trace(prediction: $id) {
  prediction { outcome score subjects explanation personal { path state value } }
  features { name state value }
  rows { dataset } rowState
  completeness { missing { code message } }
} }`;
/** What everybody may ask. */
const STRUCTURE = TRACE.replace(/ subjects explanation| value|rows \{ dataset \} /g, '');
const BASIS = 'request of 2026-03-01, GDPR Art. 17(1)(b)';

let server: TestServer;
let driver: Driver;
let keyStore: EmbeddedKeyStore;

/** Two applicants for one loan: `dir` is the second one's. */
function decision(name: string, subjects: readonly [string, ...string[]]): ArtifactDeclaration<'Prediction'> {
  return prediction(
    name,
    'credit',
    [edge('SCORED', id('Dataset', 'clean'), { props: { role: 'INPUT' }, row: [name] })],
    {
      subjects,
      fields: { outcome: 'DENIED', score: 0.75, explanation: `why ${name}` },
      features: { lvr: { value: 0.95 }, dir: { value: 0.31, subject: subjects.at(-1)! } },
    },
  );
}

const review = attestation('review', 'HUMAN_DECISION', [id('Prediction', 'ann-1')], {
  subjects: ['ann'],
  fields: { decision: 'APPROVE', explanation: 'a letter came' },
});

const STORY: readonly Declaration[] = [
  artifact('Dataset', 'raw', [], { fields: { location: 's3://raw' } }),
  artifact('Transform', 'cleaning', [edge('READ', id('Dataset', 'raw'))]),
  artifact('Dataset', 'clean', [edge('PRODUCED_BY', id('Transform', 'cleaning'))]),
  artifact('Model', 'credit', [edge('TRAINED_ON', id('Dataset', 'clean'))]),
  artifact('Model', 'tuned', [edge('TUNED_FROM', id('Model', 'credit'))]),
  artifact('Model', 'unrelated', [edge('TRAINED_ON', id('Dataset', 'elsewhere'))]),
  attestation('profile', 'DATA_PROFILE', [id('Dataset', 'clean')], { fields: { profile: { rows: 9 } } }),
  decision('ann-1', ['ann']),
  decision('ann-2', ['ann', 'bea']),
  decision('bea-1', ['bea']),
  decision('cy-1', ['cy']),
  decision('dee-1', ['dee']),
  review,
];

beforeAll(async () => {
  server = await TestServer.start();
  driver = testDriver();
  keyStore = new EmbeddedKeyStore(server.keysDir);
  await server.declareAll(STORY);
});

afterAll(async () => {
  await keyStore.close();
  await driver.close();
  await server.stop();
});

async function erase(subject: string, basis = BASIS) {
  const { eraseSubject } = await server.ask(ERASE, { subject, basis }, 'governance');
  return eraseSubject;
}

async function trace(name: string, role: 'admin' | 'reader' | 'auditor' = 'auditor') {
  const query = role === 'reader' ? STRUCTURE : TRACE;
  const { data } = await server.graphql(query, { id: id('Prediction', name) }, role);
  return data.trace;
}

describe('a person who is erased', () => {
  let first: Awaited<ReturnType<typeof erase>>;

  beforeAll(async () => {
    first = await erase('ann');
  });

  test('has a certificate that says what is gone and what remains', () => {
    expect(first).toMatchObject({
      generation: 1,
      basis: BASIS,
      requestedBy: 'test-governance',
      erased: {
        artifacts: 2,
        attestations: 1,
        // ann-1: subject, explanation, two features, row; ann-2: the same without dir, which is bea's; the review: two.
        members: 11,
        withoutDigest: 0,
        byPath: [
          { path: 'row/*', count: 2 },
          { path: 'value/explanation', count: 3 },
          { path: 'value/features/*', count: 3 },
          { path: 'value/subjects/*', count: 3 },
        ],
      },
      remains: {
        datasets: {
          items: [
            { id: id('Dataset', 'raw'), location: 's3://raw' },
            { id: id('Dataset', 'clean'), location: null },
          ],
        },
        models: { items: [id('Model', 'credit'), id('Model', 'tuned')] },
        summaries: [{ type: 'DATA_PROFILE', count: 1 }],
      },
    });
    expect(first.erased.items.items.map((item: { id: string }) => item.id)).toEqual([
      review.id,
      id('Prediction', 'ann-1'),
      id('Prediction', 'ann-2'),
    ]);
    expect(JSON.stringify(first)).not.toContain('"ann"');
  });

  test('gets the same certificate again, also by its id', async () => {
    expect(await erase('ann', 'another reason')).toEqual(first);
    const query = `query ($id: ID!) { erasureCertificate(id: $id) ${CERTIFICATE} }`;
    const { erasureCertificate } = await server.ask(query, { id: first.id }, 'governance');
    expect(erasureCertificate).toEqual(first);
  });

  test.each(['auditor', 'reader'] as const)(
    'has no value that a %s could read, and it says ERASED',
    async (role) => {
      const { prediction: read, features, rowState, completeness } = await trace('ann-1', role);
      expect(read.personal.map(({ state }: { state: string }) => state)).toEqual(Array(5).fill('ERASED'));
      expect(features.map(({ state }: { state: string }) => state)).toEqual(['ERASED', 'ERASED']);
      expect(rowState).toBe('ERASED');
      expect(read).toMatchObject({ outcome: 'DENIED', score: 0.75 });
      if (role === 'auditor') expect(read.explanation).toBeNull();
      const gone = completeness.missing.filter(({ code }: { code: string }) => code === 'VALUE_ERASED');
      expect(gone).toHaveLength(3);
    },
  );

  test('takes nothing from the person beside', async () => {
    const { prediction: read, features } = await trace('ann-2');
    expect(read.subjects).toEqual(['bea']);
    expect(
      new Map(
        features.map((f: { name: string; state: string; value: unknown }) => [f.name, [f.state, f.value]]),
      ),
    ).toEqual(
      new Map([
        ['dir', ['OPEN', 0.31]],
        ['lvr', ['ERASED', null]],
      ]),
    );
    expect((await trace('bea-1')).rowState).toBe('OPEN');
    expect((await trace('bea-1', 'reader')).rowState).toBe('WITHHELD');
  });

  test('is told of at the attestation, too', async () => {
    const query =
      'query ($id: ID!) { artifact(id: $id) { attestations { items { type fields personal { path state } } } } }';
    const { artifact: read } = await server.ask(query, { id: id('Prediction', 'ann-1') }, 'reader');
    expect(read.attestations.items).toMatchObject([
      { type: 'HUMAN_DECISION', personal: [{ state: 'ERASED' }, { state: 'ERASED' }] },
      { type: 'ERASED', fields: { basis: BASIS, erasure: first.id, part: 1, parts: 1 }, personal: [] },
    ]);
  });

  test('leaves every entry as it was: each can be made again, and the log has no fault', async () => {
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
    expect(await findLogFaults(driver)).toEqual([]);
  });

  test('leaves no ciphertext under the key', async () => {
    const { records } = await driver.executeQuery(
      'MATCH (e:Erasure) MATCH (n) WHERE n.sealed CONTAINS e.kid RETURN count(n) AS sealed',
    );
    expect(records[0]!.get('sealed')).toBe(0);
  });
});

describe('what is declared again after an erasure', () => {
  test('gets its first receipt, marked as erased, also through GraphQL', async () => {
    const before = await readLogSize(driver);
    const receipts = await server.declareAll([
      decision('ann-1', ['ann']),
      review,
      decision('ann-2', ['ann', 'bea']),
    ]);
    expect(receipts).toMatchObject([
      { leafIndex: 7, repeated: true, erased: true },
      { leafIndex: 12, repeated: true, erased: true },
      { leafIndex: 8, repeated: true, erased: true },
    ]);
    expect(await readLogSize(driver)).toBe(before);
    const query = 'mutation ($items: [JSON!]!) { declare(items: $items) { repeated erased leafIndex } }';
    const { declare } = await server.ask(query, { items: [decision('ann-1', ['ann'])] }, 'admin');
    expect(declare).toEqual([{ repeated: true, erased: true, leafIndex: '7' }]);
    // The values that came with it are thrown away, and no new generation shows in the certificate.
    expect((await trace('ann-1')).rowState).toBe('ERASED');
    expect((await erase('ann')).generation).toBe(1);
  });

  test('may differ in what is gone, but in nothing else', async () => {
    const again = decision('ann-1', ['ann']);
    const [erasedOnly, open, named, fewer] = await server.declare([
      { ...again, fields: { ...again.fields, explanation: 'other words' } },
      { ...again, fields: { ...again.fields, score: 0.76 } },
      { ...again, features: { ...again.features, extra: { value: 1 } } },
      { ...again, features: { lvr: { value: 0.95 } } },
    ]);
    expect(erasedOnly).toMatchObject({ repeated: true, erased: true });
    for (const refused of [open, named, fewer])
      expect(refused).toMatchObject({ error: { code: 'IMMUTABLE_CONFLICT' } });
  });

  test('a new decision about the same person gets a new key, and a new erasure its own certificate', async () => {
    const [receipt] = (await server.declareAll([decision('ann-3', ['ann'])])) as AcceptedReceipt[];
    expect(receipt!.repeated).toBe(false);
    expect((await trace('ann-3')).prediction.subjects).toEqual(['ann']);
    const second = await erase('ann', 'once more');
    expect(second).toMatchObject({ basis: 'once more', erased: { artifacts: 1, members: 5 } });
    expect(second.generation).toBeGreaterThan(1);
    expect((await trace('ann-3')).prediction.subjects).toEqual([]);
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
  });
});

describe('an erasure is refused', () => {
  test('while a legal hold is in force, naming it; and not once it is released', async () => {
    const hold = (name: string, released = false) =>
      attestation(name, 'LEGAL_HOLD', [id('Prediction', 'cy-1')], {
        fields: { basis: 'case 12/26', ...(released ? { released } : {}) },
      });
    await server.declareAll([hold('hold')]);
    const { errors } = await server.graphql(ERASE, { subject: 'cy', basis: BASIS }, 'governance');
    expect(errors[0]).toMatchObject({
      message: `nothing was erased: ${id('Attestation', 'hold')} holds ${id('Prediction', 'cy-1')} (case 12/26); declare the hold again with "released": true first`,
      extensions: {
        code: 'LEGAL_HOLD',
        total: 1,
        holds: [{ id: id('Attestation', 'hold'), artifact: id('Prediction', 'cy-1'), basis: 'case 12/26' }],
      },
    });
    expect((await trace('cy-1')).prediction.subjects).toEqual(['cy']);
    await server.declareAll([hold('release', true)]);
    expect(await erase('cy')).toMatchObject({ erased: { artifacts: 1 } });
    expect((await trace('cy-1')).prediction.subjects).toEqual([]);
  });

  test('but not for a hold whose time has passed', async () => {
    const until = server.clock.now - 1;
    await server.declareAll([
      attestation('old-hold', 'LEGAL_HOLD', [id('Prediction', 'dee-1')], {
        fields: { basis: 'case 1/20', until },
      }),
    ]);
    expect(await erase('dee')).toMatchObject({ erased: { artifacts: 1 } });
  });

  test.each([
    [{ subject: 'nobody', basis: BASIS }, 'NOT_FOUND', 'nothing was ever kept about a person of this name'],
    [{ subject: '', basis: BASIS }, 'BAD_INPUT', 'the subject must be a name of 1 to 512 characters'],
    [{ subject: 'bea', basis: ' ' }, 'BAD_INPUT', 'the basis must be a text of 1 to 65,536 characters'],
    [
      { subject: 'bea', basis: 'bea asked for it' },
      'BAD_INPUT',
      'the basis is kept for ever, so it must not name the subject',
    ],
  ])('when it cannot be right: %j', async (args, code, message) => {
    const { errors } = await server.graphql(ERASE, args, 'governance');
    expect(errors[0]).toMatchObject({ message, extensions: { code } });
  });

  // Who may run some mutation is told that there is no such one, who may run none, that there are none for them.
  test.each([
    ['reader', 'FORBIDDEN'],
    ['writer', 'GRAPHQL_VALIDATION_FAILED'],
    ['auditor', 'FORBIDDEN'],
  ] as const)('to a %s', async (role, code) => {
    const { errors } = await server.graphql(ERASE, { subject: 'bea', basis: BASIS }, role);
    expect(errors[0]!.extensions).toMatchObject({ code });
    expect((await trace('bea-1')).prediction.subjects).toEqual(['bea']);
  });

  test('to whoever only declares that it was done', async () => {
    const fields = { basis: BASIS, erasure: 'x', part: 1, parts: 1, values: [] };
    const [receipt] = await server.declare([
      attestation('fake', 'ERASED', [id('Prediction', 'bea-1')], { fields }),
    ]);
    expect(receipt).toMatchObject({ error: { code: 'BAD_INPUT' } });
  });
});
