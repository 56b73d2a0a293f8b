/** Starting and stopping a server: database, schema, log, services, HTTP, in this order and back. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CursorSealer } from '../access/cursor.js';
import { ReadBudget } from '../access/read-budget.js';
import type { Principal } from '../access/principal.js';
import { LocalTokens } from '../access/token-keys.js';
import { TokenVerifier } from '../access/token-verifier.js';
import { CaptureService } from '../capture/capture-service.js';
import { OpenLineageService } from '../capture/openlineage/openlineage-service.js';
import { ReadBinder } from '../capture/openlineage/read-binder.js';
import { systemClock, type Clock } from '../domain/clock.js';
import { PedigreeError } from '../domain/errors.js';
import type { Services } from '../graphql/context.js';
import { formatErrorWith } from '../graphql/errors.js';
import { buildSchema } from '../graphql/schema.js';
import { startGraphQLServer } from '../graphql/server.js';
import { createApp, type AppParts } from '../http/app.js';
import { createLogger } from '../http/logger.js';
import { SignInLinks } from '../http/sign-in.js';
import { mac } from '../ledger/keys.js';
import { AccessLogService } from '../governance/access-log-service.js';
import { ReadAudit } from '../governance/read-audit.js';
import { ImpactService } from '../lineage/impact-service.js';
import { ColumnService } from '../lineage/column-service.js';
import { LiveService } from '../lineage/live-service.js';
import { LineageService } from '../lineage/lineage-service.js';
import { RootCauseService } from '../lineage/root-cause-service.js';
import { DiffService } from '../lineage/diff-service.js';
import { ExportService } from '../lineage/export-service.js';
import { PathsService } from '../lineage/paths-service.js';
import { TraceService } from '../lineage/trace-service.js';
import { findDatabase, lockDataDir } from '../neo4j/index.js';
import { AccessLog } from '../store/access-log.js';
import { ACCESS_LOG } from '../store/as-of.js';
import { Database } from '../store/database.js';
import { EntryWriter } from '../store/entry-writer.js';
import { EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import { LogFollower } from '../store/log-follower.js';
import { openLog } from '../store/log-head.js';
import { migrate } from '../store/migrate.js';
import { RunBindings } from '../store/run-bindings.js';
import type { Config } from './config.js';
import { Cleanup } from './cleanup.js';
import { readIdentityProviders } from './identity-providers.js';

export interface RunningServer {
  readonly url: string;
  /** How the database was found. */
  readonly database: 'external' | 'docker' | 'embedded';
  readonly tokens: LocalTokens;
  /** A new one-time sign-in link; none where the local key's tokens are not accepted. */
  signInLink(): string | undefined;
  /** Ends what was started, in reverse order, and nothing else. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Told what happens while the server starts. */
  readonly log: (line: string) => void;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Told once if the embedded database ends by itself. */
  readonly onDatabaseExit?: (error: PedigreeError) => void;
  readonly onStatement?: (name: string, params: object) => void;
}

/** Starts a server; when it fails, everything that it had started is stopped again. */
export async function startServer(config: Config, options: StartOptions): Promise<RunningServer> {
  const cleanup = new Cleanup();
  try {
    return await start(config, options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(config: Config, options: StartOptions, cleanup: Cleanup): Promise<RunningServer> {
  const clock = options.clock ?? systemClock;
  const providers = readIdentityProviders(config);
  const lock = lockDataDir(config.dataDir);
  cleanup.add(() => {
    lock.release();
  });
  const { database, how } = await openDatabase(config, options, cleanup);
  const keyStore = new EmbeddedKeyStore(config.keysDir);
  cleanup.add(() => keyStore.close());
  await migrate(database);
  await openLog(database, keyStore);
  await openLog(database, keyStore, ACCESS_LOG);
  const services = createServices(config, { database, keyStore, clock });
  cleanup.add(() => services.capture.idle());
  cleanup.add(() => services.audit.idle());
  const tokens = LocalTokens.open(config.keysDir);
  const signIn = new SignInLinks(
    (lifetime) => tokens.sign({ name: 'local-user', role: 'admin', lifetime }),
    clock,
  );
  const verifier = new TokenVerifier([...(config.localTokens ? [tokens] : []), ...providers]);
  const verify = (token: string): Promise<Principal> => verifier.verify(token);
  const url = await serveHttp(config, { services, signIn, verify }, cleanup);
  announce(config, url, cleanup);
  const signInLink = (): string | undefined => (config.localTokens ? signIn.create(url) : undefined);
  return { url, database: how, tokens, signInLink, stop: () => cleanup.run() };
}

async function openDatabase(
  { env, dataDir, queryTimeoutMs }: Config,
  { log, signal, onDatabaseExit, onStatement }: StartOptions,
  cleanup: Cleanup,
): Promise<{ database: Database; how: RunningServer['database'] }> {
  const found = await findDatabase({ env, dataDir, log, signal, onExit: onDatabaseExit });
  cleanup.add(() => found.stop());
  const { uri, user, password, how } = found;
  const database = await Database.connect({ uri, user, password, timeoutMs: queryTimeoutMs, onStatement });
  cleanup.add(() => database.close());
  return { database, how };
}

async function serveHttp(
  config: Config,
  parts: Pick<AppParts, 'services' | 'signIn' | 'verify'>,
  cleanup: Cleanup,
): Promise<string> {
  const logger = createLogger(config.logLevel);
  const { schema, policy } = await buildSchema(parts.services.database.driver);
  const formatError = formatErrorWith((details, message) => {
    logger.error(details, message);
  });
  const graphql = await startGraphQLServer({ schema, policy }, formatError);
  cleanup.add(() => graphql.stop());
  const { corsOrigins } = config;
  const app = createApp({ ...parts, schema, graphql, formatError, logger, corsOrigins });
  return listen(createServer(app), config, cleanup);
}

function createServices(
  { readBudget }: Config,
  { database, keyStore, clock }: { database: Database; keyStore: EmbeddedKeyStore; clock: Clock },
): Services {
  const cursors = new CursorSealer(mac(keyStore.logKey(1), '["pedigree/1","cursor"]'));
  const accesses = new AccessLog(database, clock);
  const capture = new CaptureService(new EntryWriter(database, clock), keyStore);
  return {
    database,
    capture,
    paths: new PathsService(database),
    diff: new DiffService(database, cursors),
    exports: new ExportService(database),
    openLineage: new OpenLineageService(capture, new ReadBinder(new RunBindings(database), capture)),
    lineage: new LineageService(database, cursors),
    columns: new ColumnService(database, cursors),
    trace: new TraceService(database, keyStore),
    rootCause: new RootCauseService(database, keyStore),
    impact: new ImpactService(database, cursors, keyStore),
    live: new LiveService(new LogFollower(database)),
    budget: new ReadBudget(readBudget),
    audit: new ReadAudit(accesses, keyStore, clock),
    accessLog: new AccessLogService(database, accesses, cursors),
  };
}

async function listen(server: Server, { host, port }: Config, cleanup: Cleanup): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portInUse(host, port) : error);
    });
    server.listen(port, host, resolve);
  });
  cleanup.add(() => close(server));
  const { address, family, port: chosen } = server.address() as AddressInfo;
  const name = address === '127.0.0.1' || address === '0.0.0.0' ? 'localhost' : address;
  return `http://${family === 'IPv6' ? `[${name}]` : name}:${String(chosen)}`;
}

function portInUse(host: string, port: number): PedigreeError {
  return new PedigreeError(
    'PORT_IN_USE',
    `port ${String(port)} on ${host} must be free, but something else listens there: set PEDIGREE_PORT to another (0 picks a free one)`,
  );
}

/** Requests under way may finish; idle connections are closed at once. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const force = setTimeout(() => {
    server.closeAllConnections();
  }, 5_000);
  await closed;
  clearTimeout(force);
}

/** Where scripts of this machine find the server. */
function announce({ dataDir }: Config, url: string, cleanup: Cleanup): void {
  const path = join(dataDir, 'server.json');
  writeFileSync(path, `${JSON.stringify({ url, pid: process.pid })}\n`);
  cleanup.add(() => {
    rmSync(path, { force: true });
  });
}
