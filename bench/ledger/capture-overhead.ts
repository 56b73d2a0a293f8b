/**
 * What tiles and signed heads add to capturing in bulk: the same declarations written with and without a publisher, turn
 * by turn, on one database. With it, the time ends when the last entry is signed.
 */
import { join } from 'node:path';

import { CaptureService } from '../../src/capture/capture-service.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import { Database } from '../../src/store/database.js';
import { EmbeddedHeadStore } from '../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import type { KeyStore } from '../../src/store/keys/key-store.js';
import { openLogKey } from '../../src/store/keys/log-key.js';
import { openLog } from '../../src/store/log-head.js';
import { LogPublisher } from '../../src/store/log-publisher.js';
import { migrate } from '../../src/store/migrate.js';
import { edge, id, prediction } from '../../test/support/declarations.js';
import { ownNeo4j } from '../../test/support/own-neo4j.js';
import type { BenchContext } from '../main.js';
import { compare, timed } from '../measure.js';
import type { Figure } from '../report.js';

const ITEMS = 10_000;
const BATCH = 2_000;
const PRODUCER = { name: 'bench', namespaces: ['*'] };

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
      ...{ clock: Date.now, onStanding: throwIt, onFailure: throwIt },
    });
    log(`capturing ${ITEMS} decisions, signed and not`);
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
  const signed = new CaptureService(new EntryWriter(database, Date.now, publisher), keyStore);
  const unsigned = new CaptureService(new EntryWriter(database, Date.now), keyStore);
  return compare({
    name: `capturing ${ITEMS} decisions and signing them, s, beside not signing`,
    ours: () =>
      secondsOf(async () => {
        await capture(signed);
        await publisher.publish();
      }),
    reference: async () => {
      const seconds = await secondsOf(() => capture(unsigned));
      // What is not signed yet is no work of the next turn.
      await publisher.publish();
      return seconds;
    },
    runs: 5,
    bar: { atMost: 1.25 },
  });
}

let run = 0;

async function capture(service: CaptureService): Promise<void> {
  run++;
  for (let from = 0; from < ITEMS; from += BATCH) {
    const items = Array.from({ length: BATCH }, (_, i) => decision(`r${run}-${from + i}`));
    const receipts = await service.declare(items, PRODUCER);
    const refused = receipts.find((receipt) => 'error' in receipt);
    if (refused) throw new Error(JSON.stringify(refused));
  }
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
