import { PedigreeError } from '../domain/errors.js';
import { boltPortInUse } from './bolt-port.js';

export interface FailedStart {
  readonly home: string;
  readonly boltPort: number;
  /** How it ended: `exit code 1`, `signal SIGKILL`, `no answer within 180 s`. */
  readonly how: string;
  /** The last lines it printed. */
  readonly lines: readonly string[];
}

/** What a Neo4j that ended by itself died of, as the error that says what to do about it. */
export function explainFailure({ home, boltPort, how, lines }: FailedStart): PedigreeError {
  const output = lines.join('\n');
  if (/No space left on device|not enough space|disk quota exceeded/i.test(output)) {
    return new PedigreeError(
      'DISK_FULL',
      `free disk space is required at ${home}, but Neo4j got: No space left on device (${how})`,
      { home },
    );
  }
  if (/Address already in use|BindException|Failed to bind/i.test(output)) return boltPortInUse(boltPort);
  if (/store_lock|FileLockException|lock file has been locked/i.test(output)) {
    return new PedigreeError(
      'ALREADY_RUNNING',
      `a database folder of its own is required, but got: ${home}, which another Neo4j process has locked. Stop that process first.`,
      { home },
    );
  }
  return new PedigreeError(
    'DATABASE_UNAVAILABLE',
    `a running Neo4j is required, but it ended (${how}). Its full log is ${home}/logs/debug.log; its last words:\n${output}`,
    { home, how },
  );
}
