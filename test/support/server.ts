/** A server in this process on the run's Neo4j, reached as its users reach it: over HTTP, with tokens. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Role } from '../../src/access/scopes.js';
import { readConfig } from '../../src/app/config.js';
import { startServer, type RunningServer } from '../../src/app/server.js';
import type { Declaration, Receipt } from '../../src/domain/declaration.js';
import type { Weakness } from '../../src/graphql/schema.js';
import { freshDatabase, testDatabase } from './database.js';

/** What a GraphQL request gave back. `data` is untyped, because each test knows what it asked for. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface TestServerOptions {
  /** Keeps what the database holds; left out, it begins empty. */
  readonly keep?: boolean;
  /** Folder of the keys; another server's, to share its database. */
  readonly keysDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is free on the database's disk, for the server to find. */
  readonly freeBytes?: () => number;
  /** What is taken away from the server, to see what it is there for. */
  readonly weakness?: Weakness;
}

/** A settable clock, so that no test has to wait: it stands still until it is moved. */
export class TestClock {
  constructor(public now = Date.parse('2026-03-01T09:00:00Z')) {}
}

export class TestServer {
  /** Names of the statements sent, in order; a test empties it before it counts. */
  readonly statements: string[];

  private constructor(
    readonly running: RunningServer,
    readonly clock: TestClock,
    readonly dataDir: string,
    readonly keysDir: string,
    statements: string[],
  ) {
    this.statements = statements;
  }

  /** Starts a server on a free port with a data folder of its own. The caller stops it. */
  static async start({
    keep = false,
    keysDir,
    env = {},
    freeBytes,
    weakness,
  }: TestServerOptions = {}): Promise<TestServer> {
    const { uri, user, password } = keep ? testDatabase() : await freshDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'pedigree-test-'));
    const keys = keysDir ?? join(dataDir, 'keys');
    const clock = new TestClock();
    const statements: string[] = [];
    const config = readConfig({
      NEO4J_URI: uri,
      NEO4J_USERNAME: user,
      NEO4J_PASSWORD: password,
      PEDIGREE_PORT: '0',
      PEDIGREE_DATA_DIR: dataDir,
      PEDIGREE_KEYS_DIR: keys,
      PEDIGREE_LOG_LEVEL: 'silent',
      // Threads need the built code; the tests of the command have them.
      PEDIGREE_PREPARE_THREADS: '0',
      ...env,
    });
    const running = await startServer(config, {
      log: () => undefined,
      clock: () => clock.now,
      onStatement: (name) => statements.push(name),
      ...(freeBytes ? { freeBytes } : {}),
      ...(weakness ? { weakness } : {}),
    });
    return new TestServer(running, clock, dataDir, keys, statements);
  }

  get url(): string {
    return this.running.url;
  }

  token(
    role: Role,
    options: { namespaces?: readonly string[]; lifetime?: number; name?: string } = {},
  ): Promise<string> {
    return this.running.tokens.sign({ name: `test-${role}`, role, ...options });
  }

  /** Asks as somebody with this role. */
  async graphql(
    query: string,
    variables: object = {},
    role: Role = 'admin',
    token?: string,
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${token ?? (await this.token(role))}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Partial<Answer>;
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** The same, and fails the test if there is any error. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask(query: string, variables: object = {}, role: Role = 'admin'): Promise<any> {
    const { data, errors } = await this.graphql(query, variables, role);
    if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
    return data;
  }

  /** Declares over `POST /v1/declare`, as NDJSON; the receipts, in order. */
  async declare(items: readonly unknown[], role: Role = 'writer', token?: string): Promise<Receipt[]> {
    const response = await fetch(`${this.url}/v1/declare`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-ndjson',
        Authorization: `Bearer ${token ?? (await this.token(role))}`,
      },
      body: items.map((item) => `${JSON.stringify(item)}\n`).join(''),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${String(response.status)} ${text}`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Receipt);
  }

  /** The same, and fails the test if any item was refused. */
  async declareAll(items: readonly Declaration[]): Promise<Receipt[]> {
    const receipts = await this.declare(items);
    const refused = receipts.filter((receipt) => 'error' in receipt);
    if (refused.length > 0) throw new Error(JSON.stringify(refused.slice(0, 3), null, 2));
    return receipts;
  }

  /** Stops the server and throws its data folder away. */
  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
