/**
 * What the whole proof costs capturing in bulk: the same declarations written with it and without it, turn by turn, on one
 * database. With it: salted digests, entries, the lock of the head, bundles, tiles, and the time ends when the last entry is
 * signed. Without it: the same parsing, sealing, nodes and edges by the same statements, and none of these.
 */
import { join } from 'node:path';

import { parseDeclaration } from '../../src/capture/parse-declaration.js';
import { prepareEntry, storedForm, subjectKeysOf } from '../../src/capture/prepare-entry.js';
import type { CheckedDeclaration } from '../../src/domain/declaration.js';
import { membersOf } from '../../src/ledger/members.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import { Database, type StatementRunner } from '../../src/store/database.js';
import { EmbeddedHeadStore } from '../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import type { KeyStore, SubjectKey } from '../../src/store/keys/key-store.js';
import { openLogKey } from '../../src/store/keys/log-key.js';
import { openLog } from '../../src/store/log-head.js';
import { LogPublisher } from '../../src/store/log-publisher.js';
import { migrate } from '../../src/store/migrate.js';
import type { PreparedEntry } from '../../src/store/prepared-entry.js';
import {
  logAdvanceHead,
  logAppendBundles,
  logLockHead,
  type LogAdvanceHeadParams,
} from '../../src/store/queries.gen.js';
import { edge, id, prediction } from '../../test/support/declarations.js';
import { ownNeo4j } from '../../test/support/own-neo4j.js';
import type { BenchContext } from '../main.js';
import { compare, timed } from '../measure.js';
import type { Figure } from '../report.js';

const ITEMS = 10_000;
const BATCH = 2_000;

export async function captureOverhead({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const neo4j = await ownNeo4j(workDir, log);
  const { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password } = neo4j.env;
  const database = await Database.connect({ uri, user, password });
  const keysDir = join(workDir, 'keys');
  const keyStore = new EmbeddedKeyStore(keysDir);
  const heads = new EmbeddedHeadStore(keysDir);
  try {
    await migrate(database);
    await openLog(database, keyStore);
    const publisher = new LogPublisher({
      ...{ log: 'lineage', database, heads, key: openLogKey(keysDir), origin: 'bench.example/lineage' },
      ...{ clock: Date.now, onStanding: throwIt, onFailure: throwIt, declareOrigin: throwIt },
    });
    log(`capturing ${ITEMS} decisions, with all proofs and with none`);
    const figure = await measure(database, keyStore, publisher);
    await publisher.stop();
    return [figure];
  } finally {
    await heads.close();
    await keyStore.close();
    await database.close();
    await neo4j.stop();
  }
}

function measure(database: Database, keyStore: KeyStore, publisher: LogPublisher): Promise<Figure> {
  const proved = new EntryWriter(database, Date.now, publisher);
  const bare = new EntryWriter(withoutLog(database), Date.now);
  return compare({
    name: `capturing ${ITEMS} decisions with all proofs until they are signed, s, beside writing the same without any`,
    ours: () =>
      secondsOf(async () => {
        await capture(keyStore, proved, (item, keys) => prepareEntry(item, 'bench', keyStore, keys));
        await publisher.publish();
      }),
    reference: () => secondsOf(() => capture(keyStore, bare, (item, keys) => prepareBare(item, keys))),
    runs: 7,
    bar: { atMost: 1.25 },
  });
}

type Prepare = (item: CheckedDeclaration, keys: ReadonlyMap<string, SubjectKey>) => PreparedEntry;

let run = 0;

/** As a stream comes in: one batch commits while the next is prepared. */
async function capture(keyStore: KeyStore, writer: EntryWriter, prepare: Prepare): Promise<void> {
  run++;
  let writing: ReturnType<EntryWriter['append']> = Promise.resolve([]);
  for (let from = 0; from < ITEMS; from += BATCH) {
    const items = Array.from({ length: BATCH }, (_, i) => parseDeclaration(decision(`r${run}-${from + i}`)));
    const keys = await subjectKeysOf(items, keyStore);
    const prepared = items.map((item) => prepare(item, keys));
    requireAccepted(await writing);
    writing = writer.append(prepared);
  }
  requireAccepted(await writing);
}

function requireAccepted(outcomes: Awaited<ReturnType<EntryWriter['append']>>): void {
  const refused = outcomes.find((outcome) => !outcome.accepted);
  if (refused) throw new Error(JSON.stringify(refused));
}

/** The stored form without an entry: nothing is hashed but what is sealed. */
function prepareBare(item: CheckedDeclaration, keys: ReadonlyMap<string, SubjectKey>): PreparedEntry {
  const keyOf = (subject: string): SubjectKey => keys.get(subject) as SubjectKey;
  const entry = { decl: '', by: '', digest: '' };
  return storedForm(item, membersOf(item), { entry, principal: 'bench', k: 1, keyOf });
}

/** A database whose log is a counter in this process: no lock, no entries, no head. */
function withoutLog(database: Database): Database {
  // Far from the numbers that the real head gives out, so that neither sees the other's.
  const far = 2 ** 40;
  let head = {
    size: far,
    at: 0,
    nextSeq: far,
    nextGroup: far,
    erasures: 0,
    keySerial: Number.MAX_SAFE_INTEGER,
  };
  const without = (tx: StatementRunner): StatementRunner => ({
    run: (statement, params) => {
      if (statement.name === logLockHead.name) return Promise.resolve([{ ...head }] as never);
      if (statement.name === logAppendBundles.name) return Promise.resolve([]);
      if (statement.name !== logAdvanceHead.name) return tx.run(statement, params);
      head = { ...head, ...(params as unknown as LogAdvanceHeadParams) };
      return Promise.resolve([]);
    },
  });
  const write: Database['write'] = (work) => database.write((tx) => work(without(tx)));
  return Object.assign(Object.create(database) as Database, { write });
}

function decision(name: string): ReturnType<typeof prediction> {
  return prediction(
    name,
    'bench',
    [edge('SCORED', id('Dataset', 'applications'), { props: { role: 'INPUT' } })],
    {
      subjects: [`person-${name}`],
      features: { income: { value: 52_000 }, ratio: { value: 0.31 } },
    },
  );
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  return (await timed(work)) / 1000;
}

function throwIt(reason: unknown): never {
  throw new Error(`the log cannot be signed: ${JSON.stringify(reason)}`);
}
