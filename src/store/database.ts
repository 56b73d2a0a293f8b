/** The connection to Neo4j: typed statements in, plain rows out, every transaction with a time limit. */
import neo4j, {
  Neo4jError,
  type Driver,
  type ManagedTransaction,
  type QueryResult,
  type Session,
} from 'neo4j-driver';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { cancelled, currentSignal } from './cancellation.js';
import { quickenClientSockets } from './client-sockets.js';
import { toParameters, toRow, type Statement } from './statement.js';

export interface DatabaseConfig {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Longest that one transaction may run on the server, in milliseconds. */
  readonly timeoutMs?: number;
  /** Called with every statement sent; for counting in tests and metrics, and for sending it again in benchmarks. */
  readonly onStatement?: ((name: string, params: object) => void) | undefined;
  /** Told when Neo4j says that it does nothing more until it is restarted. */
  readonly onCritical?: (() => void) | undefined;
}

/** Runs statements inside one transaction. Statements that are not awaited one by one are pipelined. */
export interface StatementRunner {
  run<P extends object, R extends object>(statement: Statement<P, R>, params: P): Promise<R[]>;
}

/** The same, and rows one by one as they are taken: the database sends no more than two fetches ahead. */
export interface StatementStreamer extends StatementRunner {
  stream<P extends object, R extends object>(statement: Statement<P, R>, params: P): AsyncIterable<R>;
}

/** A transaction of the driver's; one that it manages has no `commit`. */
type OpenTransaction = Pick<ManagedTransaction, 'run'> & { commit?(): Promise<void> };

quickenClientSockets();

const DEFAULT_TIMEOUT_MS = 30_000;
/** The name under which `onStatement` is told of a text that is in no file of ours. */
const GENERATED = 'generated';
/** Rows that the driver asks for at a time while streaming; such rows are columns of many values each. */
const STREAM_FETCH = 8;
const SUPPORTED = /^Neo4j\/(5\.(2[6-9]|[3-9]\d)|20\d\d\.)/;

/** The only user of the driver. Many may exist on one database; each keeps a bounded pool. */
export class Database implements StatementRunner {
  private constructor(
    readonly driver: Driver,
    private readonly timeoutMs: number,
    private readonly onStatement: ((name: string, params: object) => void) | undefined,
    private readonly onCritical: (() => void) | undefined,
  ) {}

  /** Connects and checks the version. Errors: `DATABASE_UNAVAILABLE`, `DATABASE_VERSION`. */
  static async connect(config: DatabaseConfig): Promise<Database> {
    const driver = neo4j.driver(config.uri, neo4j.auth.basic(config.user, config.password), {
      disableLosslessIntegers: true,
      maxConnectionPoolSize: 50,
      connectionAcquisitionTimeout: 20_000,
      maxTransactionRetryTime: 15_000,
      telemetryDisabled: true,
    });
    try {
      const { agent } = await driver.getServerInfo();
      if (!SUPPORTED.test(agent ?? '')) {
        throw new PedigreeError('DATABASE_VERSION', required('Neo4j 5.26 LTS or later is required', agent));
      }
    } catch (error) {
      await driver.close();
      throw toPedigreeError(error, config.uri);
    }
    return new Database(
      driver,
      config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      config.onStatement,
      config.onCritical,
    );
  }

  /** The same database for work that belongs to no request: `onStatement` is not told of it. */
  unobserved(): Database {
    return new Database(this.driver, this.timeoutMs, undefined, this.onCritical);
  }

  /** One read statement in a transaction of its own. */
  async run<P extends object, R extends object>(statement: Statement<P, R>, params: P): Promise<R[]> {
    const work = (runner: StatementRunner): Promise<R[]> => runner.run(statement, params);
    return statement.mode === 'read' ? this.read(work) : this.write(work);
  }

  /** Several reads in one transaction. Retried by the driver when the server says that it may be. */
  async read<T>(work: (runner: StatementRunner) => Promise<T>): Promise<T> {
    return this.transaction('READ', (tx) => work(this.runnerOf(tx)));
  }

  /**
   * Reads in one transaction whose rows may be streamed. Never retried, because what was streamed cannot be taken back.
   * The transaction may run for as long as `timeoutMs` says, and ends with `work`.
   */
  async stream<T>(work: (streamer: StatementStreamer) => Promise<T>, timeoutMs: number): Promise<T> {
    return this.inSession(
      neo4j.session.READ,
      async (session) => {
        const tx = await session.beginTransaction({ timeout: timeoutMs });
        return work({ ...this.runnerOf(tx), stream: this.streamOf(tx) });
      },
      { fetchSize: STREAM_FETCH },
    );
  }

  /**
   * Takes the text that @neo4j/graphql generates, as a transaction would, so that its reads have the time limit of ours
   * and end with the request: the library would open sessions of its own, of which nobody here knows.
   */
  readonly generated = {
    run: (text: string, parameters: Record<string, unknown>): Promise<QueryResult> => {
      this.onStatement?.(GENERATED, parameters);
      return this.transaction('READ', async (tx) => tx.run(text, parameters));
    },
  };

  /** Everything that `work` sends is committed together or not at all; `work` may run more than once. */
  async write<T>(work: (runner: StatementRunner) => Promise<T>): Promise<T> {
    return this.transaction('WRITE', async (tx) => {
      const result = await work(this.runnerOf(tx));
      await tx.commit?.();
      return result;
    });
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  /**
   * A transaction that costs one round trip less than the driver's: BEGIN goes out with the first statement. What is not
   * committed by `work` ends with its session. A first failure is repeated by the driver, if that may be; then `work`
   * gets a transaction that commits itself.
   */
  private transaction<T>(mode: 'READ' | 'WRITE', work: (tx: OpenTransaction) => Promise<T>): Promise<T> {
    const config = { timeout: this.timeoutMs };
    return this.inSession(neo4j.session[mode], async (session) => {
      try {
        return await work(session.beginTransaction(config));
      } catch (error) {
        if (!neo4j.isRetriableError(error)) throw error;
      }
      return this.inSession(neo4j.session[mode], (again) =>
        mode === 'READ' ? again.executeRead(work, config) : again.executeWrite(work, config),
      );
    });
  }

  private async inSession<T>(
    mode: 'READ' | 'WRITE',
    use: (session: Session) => Promise<T>,
    options: { readonly fetchSize?: number } = {},
  ): Promise<T> {
    const signal = mode === 'READ' ? currentSignal() : undefined;
    if (signal?.aborted) throw cancelled();
    const session = this.driver.session({ defaultAccessMode: mode, ...options });
    // Closing the session resets its connection, which ends what the database is doing for it.
    const end = (): void => void session.close();
    signal?.addEventListener('abort', end, { once: true });
    try {
      return await use(session);
    } catch (error) {
      if (isCritical(error)) this.onCritical?.();
      throw signal?.aborted ? cancelled() : toPedigreeError(error);
    } finally {
      signal?.removeEventListener('abort', end);
      const closed = session.close();
      // An answer that has been read does not wait until its connection is ready for another.
      if (mode === 'WRITE') await closed;
    }
  }

  private runnerOf(tx: Pick<ManagedTransaction, 'run'>): StatementRunner {
    return {
      run: async (statement, params) => {
        this.onStatement?.(statement.name, params);
        const result = await tx.run(statement.text, toParameters(statement, params));
        return result.records.map((record) => toRow(statement, record));
      },
    };
  }

  private streamOf(tx: Pick<ManagedTransaction, 'run'>): StatementStreamer['stream'] {
    return (statement, params) => {
      this.onStatement?.(statement.name, params);
      return toRows(statement, tx.run(statement.text, toParameters(statement, params)));
    };
  }
}

async function* toRows<P extends object, R extends object>(
  statement: Statement<P, R>,
  records: AsyncIterable<Parameters<typeof toRow>[1]>,
): AsyncGenerator<R> {
  for await (const record of records) yield toRow(statement, record);
}

/** What the driver reports, in our terms; anything unknown is passed on as it is. */
export function toPedigreeError(error: unknown, uri?: string): unknown {
  if (isPedigreeError(error) || !(error instanceof Neo4jError)) return error;
  const code = isCritical(error) ? 'DATABASE_UNAVAILABLE' : codeOf(error.code);
  if (code === undefined) return error;
  const where = uri === undefined ? '' : ` at ${uri}`;
  if (code === 'READ_ONLY') return readOnly(error.message, error);
  return new PedigreeError(code, MESSAGES[code](where, error.message), {}, error);
}

const MESSAGES = {
  TIMEOUT: () => 'the database stopped the query at its time limit: ask for less, or in pages',
  CONFIGURATION: (where: string, said: string) =>
    `Neo4j${where} must accept NEO4J_USERNAME and NEO4J_PASSWORD, but it said: ${said}`,
  DATABASE_UNAVAILABLE: (where: string, said: string) => `Neo4j${where} must answer, but: ${said}`,
};

/** For a database that takes no writes now, as it says. */
export function readOnly(said: string, cause?: unknown): PedigreeError {
  return new PedigreeError(
    'READ_ONLY',
    `the database must accept writes, but it said: ${said} Make it writable (Neo4j's settings ` +
      'server.databases.default_to_read_only and server.databases.read_only): writing then goes on by itself. ' +
      'Reading goes on meanwhile.',
    { retryAfterSeconds: 5 },
    cause,
  );
}

/**
 * Neo4j panics when it cannot finish a commit, mostly because its disk is full: then it refuses everything, reading too,
 * until it is restarted, and recovers what was committed from its log. Whether the commit that failed is part of that is
 * not known before; a producer who sends again finds out.
 */
function isCritical(error: unknown): boolean {
  return (
    error instanceof Neo4jError &&
    /^Neo\.DatabaseError\.(Transaction|General)\./.test(error.code) &&
    /needs to be restarted|store after written to log|Could not (append|write) transaction|[Pp]anic/.test(
      error.message,
    )
  );
}

function codeOf(code: string): keyof typeof MESSAGES | 'READ_ONLY' | undefined {
  if (/TransactionTimedOut|LockAcquisitionTimeout/.test(code)) return 'TIMEOUT';
  if (code.startsWith('Neo.ClientError.Security')) return 'CONFIGURATION';
  if (/ReadOnly|NotALeader/.test(code)) return 'READ_ONLY';
  if (/^(ServiceUnavailable|SessionExpired)$|^Neo\.TransientError|DatabaseUnavailable/.test(code)) {
    return 'DATABASE_UNAVAILABLE';
  }
  return undefined;
}
