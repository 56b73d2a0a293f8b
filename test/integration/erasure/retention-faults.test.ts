/** A run of the retention rules that dies between any two steps: the next run, or the next start, comes to the same end. */
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Driver } from 'neo4j-driver';

import type { Declaration } from '../../../src/domain/declaration.js';
import { parsePeriod } from '../../../src/domain/period.js';
import { ErasureService } from '../../../src/governance/erasure-service.js';
import { FsckService } from '../../../src/governance/fsck/fsck-service.js';
import { RetentionService, type RetentionItem } from '../../../src/governance/retention/retention-service.js';
import type { RetentionRules } from '../../../src/governance/retention/rules.js';
import { ACCESS_LOG, LINEAGE_LOG } from '../../../src/store/as-of.js';
import { Database } from '../../../src/store/database.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../../src/store/keys/embedded-key-store.js';
import { openLog } from '../../../src/store/log-head.js';
import { migrate } from '../../../src/store/migrate.js';
import { findingsOf } from '../../support/checked-log.js';
import { freshDatabase, testDriver } from '../../support/database.js';
import { artifact, attestation, edge, id, prediction } from '../../support/declarations.js';
import { DyingParts, erasableParts, orKilled, type Erasable } from '../../support/erasable.js';
import { findEntryFaults, findLogFaults } from '../../support/log.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const DAY = 86_400_000;
const YEAR = 366 * DAY;
const RULES: RetentionRules = {
  version: '1',
  digest: 'aa',
  items: [
    { id: 'files', kinds: ['Prediction'], eraseAfter: parsePeriod('P2Y'), basis: 'a plan' },
    {
      id: 'books',
      classifications: ['SPECIAL'],
      keepFor: parsePeriod('P10Y'),
      basis: 'a law',
      purpose: 'tax audit',
    },
    {
      id: 'mail',
      namespaces: ['mail'],
      keepFor: parsePeriod('P1M'),
      basis: 'another law',
      purpose: 'complaints',
    },
  ],
};
const PEOPLE = ['due', 'waiting', 'bound', 'held', 'mixed'] as const;

let now = Date.parse('2026-01-01T00:00:00Z');
let database: Database;
let driver: Driver;
let folder: string;
let heads: EmbeddedHeadStore;
let open: EmbeddedKeyStore[] = [];

beforeAll(async () => {
  database = await Database.connect(await freshDatabase());
  driver = testDriver();
  folder = join(temporaryFolder(), 'keys');
  heads = new EmbeddedHeadStore(folder);
  await migrate(database);
  for (const log of [LINEAGE_LOG, ACCESS_LOG]) await openLog(database, started().keyStore, log);
});

afterAll(async () => {
  await heads.close();
  await endServers();
  await driver.close();
  await database.close();
});

/** As a server that has just started: nothing in its memory. */
function started(): Erasable {
  const keyStore = new EmbeddedKeyStore(folder);
  open.push(keyStore);
  return { ...erasableParts(database, keyStore, () => now), rules: RULES };
}

async function endServers(): Promise<void> {
  for (const store of open) await store.close();
  open = [];
}

async function run(parts: Erasable): Promise<readonly RetentionItem[]> {
  const service = new RetentionService({ ...parts, erasure: new ErasureService(parts) });
  return (await service.run({ rules: RULES.digest, first: 1_000 }, 'officer')).items;
}

function about(
  person: string,
  name: string,
  data: string,
  occurredAt: number,
  namespace = 'test',
): Declaration {
  const declared = prediction(
    name,
    'credit',
    [edge('SCORED', id('Dataset', data), { props: { role: 'INPUT' }, row: [name] })],
    { subjects: [person], fields: { outcome: 'DENIED', explanation: `why ${name}` } },
  );
  return { ...declared, occurredAt, id: declared.id.replace(':test/', `:${namespace}/`) };
}

async function declare({ capture }: Erasable, declarations: readonly Declaration[]): Promise<void> {
  await capture.declare(declarations, { name: 'test', namespaces: ['*'] });
}

/** One person of each verdict; the one who waits was restricted before, and the duty is over. */
async function setScene(turn: number, parts: Erasable): Promise<ReadonlyMap<string, string>> {
  const name = (person: string): string => `${person}-${String(turn)}`;
  const old = now - 3 * YEAR;
  await declare(parts, [
    artifact('Dataset', 'health', [], { fields: { classification: 'SPECIAL' } }),
    about(name('waiting'), name('waiting'), 'plain', old, 'mail'),
  ]);
  expect((await run(parts)).map(({ action, restricted }) => [action, restricted])).toEqual([
    ['RESTRICT', true],
  ]);
  now += 40 * DAY;
  await declare(parts, [
    about(name('due'), name('due'), 'plain', old),
    about(name('bound'), name('bound'), 'health', old),
    about(name('held'), name('held'), 'plain', old),
    attestation(name('hold'), 'LEGAL_HOLD', [id('Prediction', name('held'))], {
      fields: { basis: 'a case' },
    }),
    about(name('mixed'), name('mixed'), 'plain', old),
    about(name('mixed'), `${name('mixed')}-new`, 'plain', now),
  ]);
  const kids = new Map<string, string>();
  for (const person of PEOPLE)
    kids.set(person, (await parts.keyStore.generationsOf(name(person)))[0]?.kid ?? 'none');
  return kids;
}

/** All that is left of a key, everywhere: the mark, its entries by type, values, and the key itself. */
async function leftOf(kid: string, { keyStore }: Erasable): Promise<unknown[]> {
  const { records } = await driver.executeQuery(
    `OPTIONAL MATCH (e:Erasure {kid: $kid})
     RETURN e.state AS state,
       COLLECT { MATCH (t:Attestation) WHERE t.values CONTAINS '"value/erasure":"' + e.id + '"' RETURN t.type ORDER BY t.type } AS types,
       COUNT { MATCH (n) WHERE n.sealed CONTAINS $kid } AS sealed`,
    { kid },
  );
  const { state, types, sealed } = records[0]!.toObject() as Record<string, unknown>;
  const key = (await keyStore.keysOf([kid])).get(kid);
  const restricted = (await keyStore.restrictedOf([kid])).has(kid);
  return [state, types, sealed, typeof key === 'string' ? key : restricted ? 'restricted' : 'there'];
}

/** Whether a key still takes what is newly declared, by whether the next declaration gets another one. */
async function isCurrent(person: string, { keyStore }: Erasable): Promise<boolean> {
  return (await keyStore.generationsOf(person))[0]?.state === 'CURRENT';
}

async function findings({ keyStore }: Erasable = started()): Promise<unknown[]> {
  return findingsOf(new FsckService(database, keyStore, heads), database, keyStore as EmbeddedKeyStore);
}

/** Ends every duty and hold, so that the next turn has none but its own keys. */
async function clear(turn: number, parts: Erasable): Promise<void> {
  now += 11 * YEAR;
  const released = attestation(
    `released-${String(turn)}`,
    'LEGAL_HOLD',
    [id('Prediction', `held-${String(turn)}`)],
    {
      fields: { basis: 'a case', released: true },
    },
  );
  await declare(parts, [released]);
  const items = await run(parts);
  expect(items.map(({ action, begun }) => [action, begun])).toEqual(Array(3).fill(['ERASE', false]));
  expect(await run(parts)).toEqual([]);
}

const ERASED = ['ERASED', ['ERASED'], 0, 'DESTROYED'];
const RESTRICTED = ['RESTRICTED', ['RESTRICTED'], 1, 'restricted'];

/** After each step in turn, until a run gets through; before a step it is as after the one before. */
test('dying at each boundary and running again erases, restricts and keeps what one whole run would, once', async () => {
  let turn = 0;
  for (let died = true; died; turn++) {
    const kids = await setScene(turn, started());
    const dying = new DyingParts(started(), 2 * turn + 1);
    await run(dying.parts).catch(orKilled);
    died = dying.died;

    const after = started();
    // By turns a new server, which completes what was under way when it starts, and the same one, which only runs again.
    if (turn % 2 === 0) await new ErasureService(after).resume();
    await run(after);
    const again = await run(after);
    expect(again.map(({ action, restricted, begun }) => [action, restricted, begun]).sort()).toEqual([
      ['KEEP', false, false],
      ['RESTRICT', true, false],
      ['RESTRICT', true, false],
    ]);
    const left = new Map<string, unknown>();
    for (const [person, kid] of kids) left.set(person, await leftOf(kid, after));
    expect(Object.fromEntries(left)).toEqual({
      due: ERASED,
      waiting: ['ERASED', ['ERASED', 'RESTRICTED'], 0, 'DESTROYED'],
      bound: RESTRICTED,
      held: RESTRICTED,
      mixed: [null, [], 2, 'there'],
    });
    expect(await isCurrent(`mixed-${String(turn)}`, after)).toBe(false);
    // A whole check takes longer than all the rest: it is made of some turns, and of all of them in the end.
    if (turn % 10 < 2) expect(await findings(after)).toEqual([]);
    await clear(turn, after);
    await endServers();
  }
  expect(turn).toBeGreaterThan(20);
  expect(await findings()).toEqual([]);
  const { keyStore } = started();
  expect(await findEntryFaults(driver, keyStore)).toEqual([]);
  expect(await findLogFaults(driver)).toEqual([]);
}, 300_000);
