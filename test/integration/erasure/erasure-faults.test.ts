/** An erasure that dies between any two steps goes on, by the same call or at the next start, to the same end. */
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { SubjectKey } from '../../../src/store/keys/key-store.js';
import { ErasureService } from '../../../src/governance/erasure-service.js';
import { Database } from '../../../src/store/database.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { openLog } from '../../../src/store/log-head.js';
import { migrate } from '../../../src/store/migrate.js';
import { freshDatabase, testDriver } from '../../support/database.js';
import {
  DyingParts,
  erasableParts,
  orKilled,
  personalDecision,
  type Erasable,
} from '../../support/erasable.js';
import { findEntryFaults, findLogFaults, readLogSize } from '../../support/log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const BASIS = 'a request';
const PRODUCER = { name: 'test', namespaces: ['*'] };

let database: Database;
let driver: Driver;
let keysDir: string;
const open: EmbeddedKeyStore[] = [];

beforeAll(async () => {
  database = await Database.connect(await freshDatabase());
  driver = testDriver();
  keysDir = join(temporaryFolder(), 'keys');
  await migrate(database);
  await openLog(database, (await newParts()).keyStore);
});

afterAll(async () => {
  for (const store of open) await store.close();
  await driver.close();
  await database.close();
});

/** As a server that has just started: nothing in its memory. */
function newParts(): Promise<Erasable> {
  const keyStore = new EmbeddedKeyStore(keysDir);
  open.push(keyStore);
  return Promise.resolve(erasableParts(database, keyStore));
}

async function erasedEntries(): Promise<number> {
  const { records } = await driver.executeQuery(
    'MATCH (a:Attestation {type: "ERASED"}) RETURN count(a) AS n',
  );
  return records[0]!.get('n') as number;
}

async function sealedUnder(kid: string): Promise<number> {
  const { records } = await driver.executeQuery(
    'MATCH (n) WHERE n.sealed CONTAINS $kid RETURN count(n) AS n',
    { kid },
  );
  return records[0]!.get('n') as number;
}

describe('dying at each boundary', () => {
  /** Every boundary in turn until an erasure gets through; the person beside shares a decision and stays. */
  test('and going on leads to one erasure, one entry, and the same certificate', async () => {
    let boundaries = 0;
    for (let died = true; died; boundaries++) {
      const [subject, beside] = [`person-${boundaries}`, `beside-${boundaries}`];
      const parts = await newParts();
      await parts.capture.declare(
        [
          personalDecision(`d-${boundaries}`, [subject]),
          personalDecision(`e-${boundaries}`, [beside, subject]),
        ],
        PRODUCER,
      );
      const [key, other] = [...(await parts.keyStore.subjectKeys([subject, beside])).values()] as [
        SubjectKey,
        SubjectKey,
      ];
      const before = { entries: await erasedEntries(), size: await readLogSize(driver) };
      const dying = new DyingParts(parts, boundaries);
      const mortal = new ErasureService(dying.parts);
      await mortal.erase({ subject, basis: BASIS }, 'officer').catch(orKilled);
      died = dying.died;

      const after = await newParts();
      const service = new ErasureService(after);
      if (boundaries % 2 === 0) await service.resume();
      const certificate = await service.erase({ subject, basis: BASIS }, 'officer');
      expect(await service.erase({ subject, basis: BASIS }, 'somebody else')).toEqual(certificate);
      expect(certificate).toMatchObject({
        basis: BASIS,
        requestedBy: 'officer',
        erased: { artifacts: 2, members: 7, withoutDigest: 0 },
      });
      expect([await erasedEntries(), await readLogSize(driver)]).toEqual([
        before.entries + 1,
        before.size + 1,
      ]);
      expect([await sealedUnder(key.kid), await sealedUnder(other.kid)]).toEqual([0, 1]);
      const keys = await after.keyStore.keysOf([key.kid, other.kid]);
      expect([keys.get(key.kid), keys.get(other.kid)]).toEqual(['DESTROYED', other.key]);
    }
    expect(boundaries).toBeGreaterThan(15);
    const { keyStore } = await newParts();
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
    expect(await findLogFaults(driver)).toEqual([]);
  }, 300_000);
});

describe('a write that is under way when its person is erased', () => {
  test('is not lost and makes no value under the key that goes: it gets the next one', async () => {
    const parts = await newParts();
    await parts.capture.declare([personalDecision('first', ['racer'])], PRODUCER);
    const [old] = await parts.keyStore.generationsOf('racer');
    // The erasure runs through after the second write got its key and before it takes the log's lock.
    const { keyStore } = parts;
    let raced = false;
    const racing = new Proxy(keyStore, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'subjectKeys')
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        return async (subjects: readonly string[]) => {
          const keys = await target.subjectKeys(subjects);
          if (!raced) {
            raced = true;
            await new ErasureService(parts).erase({ subject: 'racer', basis: BASIS }, 'officer');
          }
          return keys;
        };
      },
    });
    const { capture } = erasableParts(database, racing);
    const receipts = await capture.declare([personalDecision('second', ['racer', 'calm'])], PRODUCER);
    expect(receipts).toMatchObject([{ repeated: false }]);
    expect(await sealedUnder(old!.kid)).toBe(0);
    const generations = await keyStore.generationsOf('racer');
    expect(generations.map(({ state }) => state)).toEqual(['DESTROYED', 'CURRENT']);
    expect(await sealedUnder(generations[1]!.kid)).toBe(1);
    expect(await findEntryFaults(driver, keyStore)).toEqual([]);
  });
});

test('two people of one decision who are erased at once both end erased, and the entry still can be made again', async () => {
  const parts = [await newParts(), await newParts()] as const;
  const names = Array.from({ length: 40 }, (_, i) => `joint-${i}`);
  await parts[0].capture.declare(
    names.map((name) => personalDecision(name, ['left', 'right'])),
    PRODUCER,
  );
  const [left, right, again] = await Promise.all([
    new ErasureService(parts[0]).erase({ subject: 'left', basis: BASIS }, 'officer'),
    new ErasureService(parts[1]).erase({ subject: 'right', basis: BASIS }, 'officer'),
    new ErasureService(parts[1]).erase({ subject: 'left', basis: BASIS }, 'officer'),
  ]);
  expect(left.erased).toMatchObject({ artifacts: 40, members: 160, withoutDigest: 0 });
  expect(right.erased).toMatchObject({ artifacts: 40, members: 80, withoutDigest: 0 });
  expect(again).toEqual(left);
  expect(await findEntryFaults(driver, parts[0].keyStore)).toEqual([]);
});

test('a person with more than one entry holds has several, which name every decision once', async () => {
  const parts = await newParts();
  const names = Array.from({ length: 1_200 }, (_, i) => `many-${String(i).padStart(4, '0')}`);
  await parts.capture.declare(
    names.map((name) => personalDecision(name, ['busy'])),
    PRODUCER,
  );
  const certificate = await new ErasureService(parts).erase({ subject: 'busy', basis: BASIS }, 'officer');
  expect(certificate.erased).toMatchObject({ artifacts: 1_200, members: 6_000, items: { truncated: true } });
  expect(certificate.erased.items.items).toHaveLength(1_000);
  expect(certificate.entries).toHaveLength(2);
  const { records } = await driver.executeQuery(
    'UNWIND $ids AS id MATCH (a:Attestation {id: id})-[:ABOUT]->(p:Prediction) RETURN p.id AS id ORDER BY id',
    { ids: certificate.entries.map(({ id: entry }) => entry) },
  );
  expect(records.map((record) => record.get('id') as string)).toEqual(
    names.map((name) => `prediction:test/${name}@1`),
  );
}, 60_000);
