/** `fsck` on the run's database, as the command runs it, and every tampering that it has to find. */
import type { Driver } from 'neo4j-driver';

import { isPedigreeError } from '../../src/domain/errors.js';
import type { Finding } from '../../src/governance/fsck/finding.js';
import { FsckService } from '../../src/governance/fsck/fsck-service.js';
import { Database } from '../../src/store/database.js';
import { EmbeddedHeadStore } from '../../src/store/keys/embedded-head-store.js';
import { EmbeddedKeyStore } from '../../src/store/keys/embedded-key-store.js';
import { requireLog } from '../../src/store/log-head.js';
import { testDatabase } from './database.js';
import { isNamed, tamper, type Tampering } from './tampering.js';

/** All findings of a check; a log that cannot be opened at all is one. */
export async function findingsOf(
  service: FsckService,
  database: Database,
  keyStore: EmbeddedKeyStore,
): Promise<Finding[]> {
  try {
    await requireLog(database, keyStore);
    const findings: Finding[] = [];
    for await (const step of service.run(await service.begin())) findings.push(...step.findings);
    return findings;
  } catch (error) {
    if (isPedigreeError(error)) return [{ kind: 'altered', id: 'log', part: error.message }];
    throw error;
  }
}

export class CheckedLog {
  private constructor(
    private readonly database: Database,
    private readonly keyStore: EmbeddedKeyStore,
    private readonly heads: EmbeddedHeadStore,
  ) {}

  /** The caller closes it. */
  static async open(keysDir: string): Promise<CheckedLog> {
    const database = await Database.connect(testDatabase());
    return new CheckedLog(database, new EmbeddedKeyStore(keysDir), new EmbeddedHeadStore(keysDir));
  }

  /** Notes of runs follow their entries by a moment: the check is made as if it were a day later. */
  service(): FsckService {
    return new FsckService(this.database, this.keyStore, this.heads, () => Date.now() + 86_400_000);
  }

  fsck(): Promise<Finding[]> {
    return findingsOf(this.service(), this.database, this.keyStore);
  }

  async close(): Promise<void> {
    await this.heads.close();
    await this.keyStore.close();
    await this.database.close();
  }
}

/** What `fsck` says of a change that it did not name; undefined if it named it, or if the database refused the change. */
export async function missed(
  log: CheckedLog,
  driver: Driver,
  tampering: Tampering,
): Promise<string | undefined> {
  const undo = await tamper(driver, tampering);
  if (!undo) return undefined;
  const findings = await log.fsck().catch((error: unknown) => error as Error);
  await undo();
  const { what, stored, value } = tampering;
  const where = `${what} (${stored.owners.slice(0, 3).join(', ')}; ${String(stored.props[tampering.property]).slice(0, 60)} → ${String(value).slice(0, 60)})`;
  if (findings instanceof Error) return `${where}: the check broke: ${findings.stack?.slice(0, 400)}`;
  if (findings.some(({ id }) => isNamed(tampering, id))) return undefined;
  return `${where}: ${JSON.stringify(findings.slice(0, 2))}`;
}
