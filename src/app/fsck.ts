/** `pedigree fsck` put together: the database and the keys of this machine's settings, and nothing that serves. */
import { existsSync } from 'node:fs';
import { PedigreeError } from '../domain/errors.js';
import { FsckService } from '../governance/fsck/fsck-service.js';
import { EmbeddedHeadStore } from '../store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import { requireLog } from '../store/log-head.js';
import { migrate } from '../store/migrate.js';
import { Cleanup } from './cleanup.js';
import { readConfig, type Config } from './config.js';
import { openDatabase, type OpenOptions } from './open-database.js';

export type { Finding } from '../governance/fsck/finding.js';
export type { FsckService, FsckState, FsckStep } from '../governance/fsck/fsck-service.js';

/** Opens what a check needs, lets `work` run, and closes it again. Errors: those of starting a server. */
export async function withFsck<T>(
  work: (fsck: FsckService, config: Config) => Promise<T>,
  options: OpenOptions,
): Promise<T> {
  const config = readConfig(process.env);
  if (!existsSync(config.keysDir)) {
    throw new PedigreeError(
      'CONFIGURATION',
      `the keys of the log must be in ${config.keysDir}: set PEDIGREE_KEYS_DIR or PEDIGREE_DATA_DIR`,
    );
  }
  const cleanup = new Cleanup();
  try {
    const database = await openDatabase(config, options, cleanup);
    const keyStore = new EmbeddedKeyStore(config.keysDir);
    cleanup.add(() => keyStore.close());
    await migrate(database);
    await requireLog(database, keyStore);
    const heads = new EmbeddedHeadStore(config.keysDir);
    cleanup.add(() => heads.close());
    return await work(new FsckService(database, keyStore, heads), config);
  } finally {
    await cleanup.run();
  }
}
