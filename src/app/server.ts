/** Starting and stopping a server: database, schema, log, services, HTTP, in this order and back. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CodeFlow, type CodeFlowSettings } from '../access/code-flow.js';
import { GrantTokens } from '../access/grant-tokens.js';
import { SignInTickets } from '../access/sign-in-ticket.js';
import { LocalTokens } from '../access/token-keys.js';
import { TokenVerifier } from '../access/token-verifier.js';
import { OwnThread, type Preparer } from '../capture/preparer.js';
import { PreparingThreads } from '../capture/preparing-threads.js';
import { systemClock, type Clock } from '../domain/clock.js';
import { PedigreeError } from '../domain/errors.js';
import type { Services } from '../graphql/context.js';
import { formatErrorWith } from '../graphql/errors.js';
import { buildSchemas, type Weakness } from '../graphql/schema.js';
import { GraphQLServers } from '../graphql/server.js';
import type { VerifyToken } from '../http/authenticate.js';
import { createApp, type AppParts } from '../http/app.js';
import { createLogger } from '../http/logger.js';
import { SignInLinks } from '../http/sign-in.js';
import { diskReserve, findDatabase, lockDataDir } from '../neo4j/index.js';
import { ACCESS_LOG } from '../store/as-of.js';
import { Database } from '../store/database.js';
import { findLostKeys } from '../store/lost-keys.js';
import { EmbeddedKeyStore } from '../store/keys/embedded-key-store.js';
import { openLog } from '../store/log-head.js';
import { migrate } from '../store/migrate.js';
import type { Config } from './config.js';
import { Cleanup } from './cleanup.js';
import { resumeErasures } from './resume-erasures.js';
import { openSignedLogs, type SignedLogs } from './signed-logs.js';
import { readIdentityProviders } from './identity-providers.js';
import { readCodeFlow } from './code-flow.js';
import { readOperations } from './operations-file.js';
import { readRetentionRules } from './retention-file.js';
import { createServices } from './services.js';

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
  /** What a test or a benchmark takes away from it. */
  readonly weakness?: Weakness;
  /** Tells what is free on the database's disk; left out, the disk of an embedded database is asked. */
  readonly freeBytes?: () => number;
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
  const operations = readOperations(config);
  const settings = readCodeFlow(config, providers);
  const rules = readRetentionRules(config);
  holdDataDir(config, cleanup);
  const { database, how, refusal } = await openDatabase(config, options, cleanup);
  const keyStore = new EmbeddedKeyStore(config.keysDir);
  cleanup.add(() => keyStore.close());
  await migrate(database);
  await openLog(database, keyStore);
  await openLog(database, keyStore, ACCESS_LOG);
  const logger = createLogger(config.logLevel);
  const logs = await openSignedLogs({ config, database, keyStore, clock, logger }, cleanup);
  const grantTokens = GrantTokens.open(config.keysDir, clock);
  const preparer = openPreparer(config, keyStore, logger, cleanup);
  const parts = { database, keyStore, clock, logs, grantTokens, rules, preparer };
  const services = createServices(config, parts);
  services.capture.refuseWhile(refusal);
  await watchKeys(services, keyStore, options.log);
  await resumeErasures(services.erasure, options.log, cleanup);
  cleanup.add(() => services.capture.idle());
  cleanup.add(() => services.audit.idle());
  cleanup.add(() => services.grantWatch.stop());
  const tokens = LocalTokens.open(config.keysDir);
  const signIn = new SignInLinks(
    (lifetime) => tokens.sign({ name: 'local-user', role: 'admin', lifetime }),
    clock,
  );
  const verifier = new TokenVerifier([...(config.localTokens ? [tokens] : []), grantTokens, ...providers]);
  const verify = verifyWith(verifier, services.grants, options.weakness);
  const offered = offer(settings, config, clock);
  const app = { services, signIn, offered, verify, logger, operations };
  const url = await serveHttp(config, app, cleanup, options.weakness);
  announce(config, { url, verifierKeys: await verifierKeys(logs) }, cleanup);
  const signInLink = (): string | undefined => (config.localTokens ? signIn.create(url) : undefined);
  return { url, database: how, tokens, signInLink, stop: () => cleanup.run() };
}

function openPreparer(
  { keysDir, prepareThreads: threads }: Config,
  keyStore: EmbeddedKeyStore,
  logger: AppParts['logger'],
  cleanup: Cleanup,
): Preparer {
  const own = new OwnThread(keyStore);
  if (threads === 0) return own;
  const preparer = new PreparingThreads(own, { keysDir, threads }, (err) => {
    logger.error({ err }, 'a thread that prepares declarations has ended; another one takes its place');
  });
  cleanup.add(() => preparer.close());
  return preparer;
}

function holdDataDir({ dataDir }: Config, cleanup: Cleanup): void {
  const lock = lockDataDir(dataDir);
  cleanup.add(() => {
    lock.release();
  });
}

async function openDatabase(
  { env, dataDir, queryTimeoutMs }: Config,
  { log, signal, onDatabaseExit, onStatement, freeBytes }: StartOptions,
  cleanup: Cleanup,
): Promise<{
  database: Database;
  how: RunningServer['database'];
  /** Why nothing may be written now. */
  refusal: () => PedigreeError | undefined;
}> {
  const found = await findDatabase({ env, dataDir, log, signal, onExit: onDatabaseExit });
  cleanup.add(() => found.stop());
  const { uri, user, password, how, folder, restart } = found;
  const onCritical = (): void => {
    restart?.().catch((error: unknown) => onDatabaseExit?.(error as PedigreeError));
  };
  const database = await Database.connect({
    uri,
    user,
    password,
    timeoutMs: queryTimeoutMs,
    onStatement,
    onCritical,
  });
  cleanup.add(() => database.close());
  const watched = folder !== undefined || freeBytes !== undefined;
  return {
    database,
    how,
    refusal: watched ? diskReserve(folder ?? dataDir, freeBytes) : () => undefined,
  };
}

function offer(settings: CodeFlowSettings | undefined, config: Config, clock: Clock): AppParts['offered'] {
  if (!settings) return undefined;
  const tickets = SignInTickets.open(config.keysDir, clock);
  return { flow: new CodeFlow(settings), tickets, publicUrl: config.publicUrl };
}

async function serveHttp(
  config: Config,
  parts: Pick<AppParts, 'services' | 'signIn' | 'offered' | 'verify' | 'logger' | 'operations'>,
  cleanup: Cleanup,
  weakness: Weakness = {},
): Promise<string> {
  const { logger } = parts;
  const { schemas, policy } = await buildSchemas(parts.services.database.driver, weakness);
  const formatError = formatErrorWith((details, message) => {
    logger.error(details, message);
  });
  const graphql = new GraphQLServers(schemas, policy, formatError, weakness.without);
  cleanup.add(() => graphql.stop());
  const { corsOrigins, openLog } = config;
  const app = createApp({ ...parts, schemas, graphql, formatError, corsOrigins, openLog });
  return listen(createServer(app), config, cleanup);
}

/** Who a token is of; without the layer of rows, the holder of a grant reads the whole graph with the grant's scopes. */
function verifyWith(
  verifier: TokenVerifier,
  grants: Services['grants'],
  { without = [] }: Weakness = {},
): VerifyToken {
  return async (token) => {
    const principal = await verifier.verify(token);
    if (principal.grantId === undefined) return principal;
    const admitted = await grants.admit(principal);
    if (!without.includes('ROWS')) return admitted;
    const { tokenId, name, roles, scopes, namespaces, expiresAt } = admitted;
    return { tokenId, name, roles, scopes, namespaces, expiresAt };
  };
}

/** Before anything is served: lost keys close the log for writing. */
async function watchKeys(
  { database, capture }: Services,
  keyStore: EmbeddedKeyStore,
  log: StartOptions['log'],
): Promise<void> {
  const lost = await findLostKeys(database, keyStore);
  if (lost) {
    capture.refuseWrites(lost);
    log(`READ-ONLY: ${lost.message} (${lost.code})`);
  }
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

/** A log whose signed heads were lost has none. */
async function verifierKeys({ readers }: SignedLogs): Promise<Record<string, string>> {
  const keys: Record<string, string> = {};
  for (const reader of Object.values(readers)) {
    if (await reader.isSigned()) keys[reader.log] = await reader.verifierKey();
  }
  return keys;
}

/** Where scripts of this machine find the server, and the keys that its logs are checked with. */
function announce(
  { dataDir }: Config,
  server: { readonly url: string; readonly verifierKeys: Readonly<Record<string, string>> },
  cleanup: Cleanup,
): void {
  const path = join(dataDir, 'server.json');
  writeFileSync(path, `${JSON.stringify({ ...server, pid: process.pid })}\n`);
  cleanup.add(() => {
    rmSync(path, { force: true });
  });
}
