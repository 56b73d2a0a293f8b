/** The signed logs of a server: their keys and names, and one publisher each. */
import { declareOrigin } from '../capture/new-origin.js';
import { CaptureService } from '../capture/capture-service.js';
import type { Clock } from '../domain/clock.js';
import { PedigreeError, required } from '../domain/errors.js';
import { recordAccessOrigin } from '../governance/access-origin.js';
import type { Logger } from '../http/logger.js';
import { AccessLog } from '../store/access-log.js';
import { LINEAGE_LOG, LOGS, type LogName } from '../store/as-of.js';
import type { Database } from '../store/database.js';
import { EntryWriter } from '../store/entry-writer.js';
import { EmbeddedHeadStore } from '../store/keys/embedded-head-store.js';
import type { HeadStore } from '../store/keys/head-store.js';
import type { KeyStore } from '../store/keys/key-store.js';
import { openLogKey, type LogKey } from '../store/keys/log-key.js';
import { LogPublisher } from '../store/log-publisher.js';
import { LogReader } from '../store/log-reader.js';
import type { Cleanup } from './cleanup.js';
import type { Config } from './config.js';

export interface SignedLogs {
  readonly publishers: Readonly<Record<LogName, LogPublisher>>;
  readonly readers: Readonly<Record<LogName, LogReader>>;
}

export interface SignedLogsParts {
  readonly config: Config;
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens the logs and begins to publish. Error: `CONFIGURATION` for another origin than theirs. */
export async function openSignedLogs(parts: SignedLogsParts, cleanup: Cleanup): Promise<SignedLogs> {
  const { config, keyStore } = parts;
  const heads = new EmbeddedHeadStore(config.keysDir);
  cleanup.add(() => heads.close());
  const key = openLogKey(config.keysDir);
  const base = config.logOrigin ?? `pedigree.local/${keyStore.id.slice(0, 16)}`;
  await requireOrigin(config, heads);
  const publisherOf = (log: LogName): LogPublisher =>
    createPublisher(parts, { log, heads, key, origin: `${base}/${log}` });
  const readerOf = (log: LogName): LogReader => new LogReader(parts.database, heads, key, log);
  const publishers = { lineage: publisherOf('lineage'), access: publisherOf('access') };
  for (const publisher of Object.values(publishers)) {
    cleanup.add(() => publisher.stop());
    await publisher.start();
  }
  return {
    publishers,
    readers: { lineage: readerOf('lineage'), access: readerOf('access') },
  };
}

function createPublisher(
  { database, keyStore, clock, logger }: SignedLogsParts,
  own: { readonly log: LogName; readonly heads: HeadStore; readonly key: LogKey; readonly origin: string },
): LogPublisher {
  // Without a guard: they write the one entry that a log whose signed entries are lost may still get.
  const repairs = new CaptureService(new EntryWriter(database, clock), keyStore);
  const accesses = new AccessLog(database, clock);
  return new LogPublisher({
    ...own,
    database,
    clock,
    onStanding: ({ state, message, size }) => {
      if (state === 'SOUND')
        logger.warn({ log: own.log, size }, 'the log is sound again: writes are accepted');
      else logger.error({ log: own.log, state, size }, message);
    },
    onFailure: (error) => {
      logger.error({ err: error, log: own.log }, 'a checkpoint could not be published; it is tried again');
    },
    declareOrigin: (order, signed) =>
      own.log === LINEAGE_LOG
        ? declareOrigin(repairs, order, signed)
        : recordAccessOrigin(accesses, keyStore, order, signed),
  });
}

/** A log keeps the name under which it was begun. */
async function requireOrigin({ logOrigin }: Config, heads: HeadStore): Promise<void> {
  if (logOrigin === undefined) return;
  for (const log of LOGS) {
    const origin = (await heads.read(log))?.origin;
    if (origin === undefined || origin.startsWith(`${logOrigin}/${log}`)) continue;
    throw new PedigreeError(
      'CONFIGURATION',
      required(
        `PEDIGREE_LOG_ORIGIN must be the beginning of ${origin}, the name under which this log was begun`,
        logOrigin,
      ),
    );
  }
}
