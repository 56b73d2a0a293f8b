/** Real OpenLineage events, and what they became in the graph. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { OwnThread } from '../../src/capture/preparer.js';
import { CaptureService } from '../../src/capture/capture-service.js';
import { OpenLineageService, type EventOutcome } from '../../src/capture/openlineage/openlineage-service.js';
import { ReadBinder } from '../../src/capture/openlineage/read-binder.js';
import { systemClock } from '../../src/domain/clock.js';
import { Database } from '../../src/store/database.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { openLog } from '../../src/store/log-head.js';
import { migrate } from '../../src/store/migrate.js';
import { RunBindings } from '../../src/store/run-bindings.js';
import { freshDatabase } from './database.js';
import { sharedPath } from './shared.js';
import { temporaryFolder } from './temporary-folder.js';

/** Every event of a folder of data/openlineage, or of all of them, as text, in the order in which it happened. */
export function realEvents(folder?: string): string[] {
  const folders = folder === undefined ? ['airflow', 'CLL', 'simple_run_event'] : [folder];
  return folders.flatMap((name) => {
    const path = sharedPath(join('data/openlineage', name));
    const files = readdirSync(path).filter((file) => file.endsWith('.json'));
    return files.sort().map((file) => readFileSync(join(path, file), 'utf8'));
  });
}

export interface EventParts {
  readonly run?: string;
  readonly job?: string;
  readonly type?: string;
  readonly time?: string;
  readonly inputs?: readonly unknown[];
  readonly outputs?: readonly unknown[];
}

/** A small event of the job namespace `jobs` on data sets of the namespace `lake`. */
export function runEvent({
  run = 'r1',
  job = 'job',
  type = 'COMPLETE',
  time = '10:00',
  ...rest
}: EventParts): object {
  const dataset = (item: unknown): unknown =>
    typeof item === 'string' ? { namespace: 'lake', name: item } : item;
  return {
    eventType: type,
    eventTime: `2026-01-01T${time}:00Z`,
    producer: 'test',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: run },
    job: { namespace: 'jobs', name: job },
    inputs: (rest.inputs ?? []).map(dataset),
    outputs: (rest.outputs ?? []).map(dataset),
  };
}

/** The capture of events, on the run's real database. */
export class EventCapture {
  private constructor(
    readonly database: Database,
    readonly service: OpenLineageService,
    readonly capture: CaptureService,
    private readonly keyStore: EmbeddedKeyStore,
  ) {}

  /** On an empty database; with the keys of another, the same declarations have the same digests. */
  static async open(keyStore = new EmbeddedKeyStore(temporaryFolder())): Promise<EventCapture> {
    const database = await Database.connect(await freshDatabase());
    await migrate(database);
    const capture = new CaptureService(new EntryWriter(database, systemClock), keyStore);
    const binder = new ReadBinder(new RunBindings(database), capture);
    const service = new OpenLineageService(capture, binder, new OwnThread(keyStore));
    const opened = new EventCapture(database, service, capture, keyStore);
    await openLog(database, keyStore);
    return opened;
  }

  /** Begins again with an empty database and a new writer. */
  async reset(): Promise<EventCapture> {
    await this.database.close();
    return EventCapture.open(this.keyStore);
  }

  /** Takes events; the outcomes, in order. */
  ingest(
    events: readonly (string | object)[],
    namespaces: readonly string[] = ['*'],
  ): Promise<EventOutcome[]> {
    const texts = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));
    return this.service.ingest(texts, { name: 'test', tokenId: 'test', namespaces });
  }

  /** The same, and fails the test if any was refused. */
  async ingestAll(events: readonly (string | object)[]): Promise<void> {
    for (const outcome of await this.ingest(events)) if (!outcome.accepted) throw outcome.error;
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.keyStore.close();
  }
}

/**
 * The lineage as sorted lines: nodes, open edges, attestations and columns. Without what tells in which order it was
 * learnt (leaf indexes, sequence numbers, times of recording), and without bindings that were replaced meanwhile.
 */
export async function lineageLines({ database }: EventCapture): Promise<string[]> {
  const { records } = await database.driver.executeQuery(`
    MATCH (a:Artifact) RETURN 'node ' + a.id + ' ' + coalesce(a.digest, 'placeholder') AS line
    UNION ALL
    MATCH (a:Artifact)-[r]->(b:Artifact) WHERE r.until = ${String(Number.MAX_SAFE_INTEGER)}
    RETURN 'edge ' + a.id + ' ' + type(r) + ' ' + b.id + ' ' + coalesce(r.props, '') AS line
    UNION ALL
    MATCH (t:Attestation)-[:ABOUT]->(a:Artifact) WHERE t.type <> 'RESOLVED'
    RETURN 'attestation ' + t.id + ' about ' + a.id + ' ' + t.digest AS line
    UNION ALL
    MATCH (f:Field) RETURN 'field ' + f.dataset + ' ' + f.column AS line
    UNION ALL
    MATCH (f:Field)-[r:FIELD_FROM]->(g:Field)
    RETURN 'column ' + f.dataset + ' ' + f.column + ' from ' + g.dataset + ' ' + g.column + ' ' + r.transformation AS line`);
  return records.map((record) => record.get('line') as string).sort();
}
