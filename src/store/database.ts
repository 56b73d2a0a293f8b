/** The connection to Neo4j: typed statements in, plain rows out, every transaction with a time limit. */
import neo4j, { Neo4jError, type Driver, type ManagedTransaction, type Session } from 'neo4j-driver';
import { isPedigreeError, PedigreeError, required } from '../domain/errors.js';
import { toParameters, toRow, type Statement } from './statement.js';

export interface DatabaseConfig {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Longest that one transaction may run on the server, in milliseconds. */
  readonly timeoutMs?: number;
  /** Called with every statement sent; for counting in tests and metrics, and for sending it again in benchmarks. */
  readonly onStatement?: ((name: string, params: object) => void) | undefined;
}

/** Runs statements inside one transaction. Statements that are not awaited one by one are pipelined. */
export interface StatementRunner {
  run<P extends object, R extends object>(statement: Statement<P, R>, params: P): Promise<R[]>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const SUPPORTED = /^Neo4j\/(5\.(2[6-9]|[3-9]\d)|20\d\d\.)/;

/** The only user of the driver. Many may exist on one database; each keeps a bounded pool. */
export class Database implements StatementRunner {
  private constructor(
    readonly driver: Driver,
    private readonly timeoutMs: number,
    private readonly onStatement: ((name: string, params: object) => void) | undefined,
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
    return new Database(driver, config.timeoutMs ?? DEFAULT_TIMEOUT_MS, config.onStatement);
  }

  /** One read statement in a transaction of its own. */
  async run<P extends object, R extends object>(statement: Statement<P, R>, params: P): Promise<R[]> {
    const work = (runner: StatementRunner): Promise<R[]> => runner.run(statement, params);
    return statement.mode === 'read' ? this.read(work) : this.write(work);
  }

  /** Several reads in one transaction. Retried by the driver when the server says that it may be. */
  async read<T>(work: (runner: StatementRunner) => Promise<T>): Promise<T> {
    return this.inSession(neo4j.session.READ, (session) =>
      session.executeRead((tx) => work(this.runnerOf(tx)), { timeout: this.timeoutMs }),
    );
  }

  /** Everything that `work` sends is committed together or not at all; `work` may run more than once. */
  async write<T>(work: (runner: StatementRunner) => Promise<T>): Promise<T> {
    return this.inSession(neo4j.session.WRITE, (session) =>
      session.executeWrite((tx) => work(this.runnerOf(tx)), { timeout: this.timeoutMs }),
    );
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  private async inSession<T>(mode: 'READ' | 'WRITE', use: (session: Session) => Promise<T>): Promise<T> {
    const session = this.driver.session({ defaultAccessMode: mode });
    try {
      return await use(session);
    } catch (error) {
      throw toPedigreeError(error);
    } finally {
      await session.close();
    }
  }

  private runnerOf(tx: ManagedTransaction): StatementRunner {
    return {
      run: async (statement, params) => {
        this.onStatement?.(statement.name, params);
        const result = await tx.run(statement.text, toParameters(statement, params));
        return result.records.map((record) => toRow(statement, record));
      },
    };
  }
}

/** What the driver reports, in our terms; anything unknown is passed on as it is. */
export function toPedigreeError(error: unknown, uri?: string): unknown {
  if (isPedigreeError(error) || !(error instanceof Neo4jError)) return error;
  const code = codeOf(error.code);
  if (code === undefined) return error;
  const where = uri === undefined ? '' : ` at ${uri}`;
  return new PedigreeError(code, MESSAGES[code](where, error.message), {}, error);
}

const MESSAGES = {
  TIMEOUT: () => 'the database stopped the query at its time limit: ask for less, or in pages',
  CONFIGURATION: (where: string, said: string) =>
    `Neo4j${where} must accept NEO4J_USERNAME and NEO4J_PASSWORD, but it said: ${said}`,
  READ_ONLY: (_where: string, said: string) => `the database must accept writes, but it said: ${said}`,
  DATABASE_UNAVAILABLE: (where: string, said: string) => `Neo4j${where} must answer, but: ${said}`,
};

function codeOf(code: string): keyof typeof MESSAGES | undefined {
  if (/TransactionTimedOut|LockAcquisitionTimeout/.test(code)) return 'TIMEOUT';
  if (code.startsWith('Neo.ClientError.Security')) return 'CONFIGURATION';
  if (/ReadOnly|NotALeader/.test(code)) return 'READ_ONLY';
  if (/^(ServiceUnavailable|SessionExpired)$|^Neo\.TransientError|DatabaseUnavailable/.test(code)) {
    return 'DATABASE_UNAVAILABLE';
  }
  return undefined;
}
