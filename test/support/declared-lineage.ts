/** A database with a log and the real write path, to declare lineage into and to ask questions of. */
import { CaptureService } from '../../src/capture/capture-service.js';
import { CursorSealer } from '../../src/access/cursor.js';
import type { Declaration } from '../../src/domain/declaration.js';
import { StoredDecisions } from '../../src/lineage/decision-source.js';
import { StoredGraphs } from '../../src/lineage/lineage-graph.js';
import { ImpactService } from '../../src/lineage/impact-service.js';
import { RootCauseService } from '../../src/lineage/root-cause-service.js';
import { Database } from '../../src/store/database.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { openLog, readHead } from '../../src/store/log-head.js';
import { migrate } from '../../src/store/migrate.js';
import { freshDatabase } from './database.js';

export interface DeclaredLineage {
  readonly database: Database;
  readonly keyStore: EmbeddedKeyStore;
  readonly impact: ImpactService;
  readonly rootCause: RootCauseService;
  /** Declares through the real write path; throws if any item is refused. Resolves to the tree size afterwards. */
  declare(items: readonly Declaration[]): Promise<number>;
  /** Empties the graph and begins a new log. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function declaredLineage(keysDir: string): Promise<DeclaredLineage> {
  const database = await Database.connect(await freshDatabase());
  const keyStore = new EmbeddedKeyStore(keysDir);
  const capture = new CaptureService(new EntryWriter(database, Date.now), keyStore);
  await migrate(database);
  await openLog(database, keyStore);
  return {
    database,
    keyStore,
    impact: new ImpactService(
      new StoredGraphs(database),
      new StoredDecisions(database, keyStore),
      new CursorSealer(new Uint8Array(32)),
    ),
    rootCause: new RootCauseService(database, keyStore),
    declare: async (items) => {
      const receipts = await capture.declare(items, { name: 'test', tokenId: 'test', namespaces: ['*'] });
      const refused = receipts.find((receipt) => 'error' in receipt);
      if (refused) throw new Error(JSON.stringify(refused));
      return (await readHead(database)).size;
    },
    reset: async () => {
      await freshDatabase();
      await openLog(database, keyStore);
    },
    close: async () => {
      await keyStore.close();
      await database.close();
    },
  };
}
