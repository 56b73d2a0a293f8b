/** The routes. Each parses, asks one service, and answers. */
import { expressMiddleware } from '@as-integrations/express5';
import cors, { type CorsOptions } from 'cors';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { RegisteredOperations } from '../access/registered-operations.js';
import type { Principal } from '../access/principal.js';
import { PedigreeError } from '../domain/errors.js';
import { parseStrictJson } from '../domain/json.js';
import type { Services } from '../graphql/context.js';
import type { FormatError } from '../graphql/errors.js';
import { WALK } from '../graphql/cost.js';
import type { GraphQLServers } from '../graphql/server.js';
import type { SchemaSource } from '../graphql/schema.js';
import { authenticateDownload, authenticateFor, authenticatePage, type VerifyToken } from './authenticate.js';
import { cancelWithRequest } from './cancel-with-request.js';
import type { OfferedSignIn } from './code-flow-route.js';
import { declareStream, readBody } from './declare-route.js';
import { sendEvidence } from './evidence-route.js';
import { exportClosure } from './export-route.js';
import { logRoute } from './log-route.js';
import type { Logger } from './logger.js';
import { acceptBatch, acceptEvent } from './openlineage-route.js';
import { mountPages } from './pages.js';
import { operationText } from './operation-text.js';
import { breakOffWithGrant, describeRead, endWithResponse, purposeOf } from './recorded-reads.js';
import { contextOf, servicesOf } from './reader-services.js';
import { sendProblem } from './problem.js';
import { pageHeaders } from './security-headers.js';
import type { SignInLinks } from './sign-in.js';
import { streamRoute } from './stream-route.js';

/** Two walks, as a query would pay for them; each record of the export costs one more when it is known how many there are. */
const EXPORT_COST = 2 * WALK;
/** As much as the same question costs over GraphQL. */
const EVIDENCE_COST = 2 * WALK;
/** Either lets one ask for lineage; what is answered differs. */
const READERS = ['READ_LINEAGE', 'READ_GRANTED'] as const;

export interface AppParts {
  readonly services: Services;
  readonly schemas: SchemaSource;
  readonly graphql: GraphQLServers;
  readonly formatError: FormatError;
  readonly verify: VerifyToken;
  readonly operations: RegisteredOperations;
  readonly signIn: SignInLinks;
  /** The sign-in at an identity provider, where one is configured. */
  readonly offered: OfferedSignIn | undefined;
  readonly logger: Logger;
  /** Origins whose pages may ask with a bearer token; none by default. */
  readonly corsOrigins: readonly string[];
  /** True if checkpoints and hash tiles may be read without a token. */
  readonly openLog: boolean;
}

/** Largest GraphQL request, in bytes: 10,000 declarations of usual size fit. */
const MAX_GRAPHQL_BYTES = 32 * 1_048_576;

export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(pageHeaders);
  if (parts.corsOrigins.length > 0) app.use(cors(corsOptions(parts.corsOrigins)));
  app.use(cancelWithRequest);
  mountPages(app, parts);
  mountCapture(app, parts);
  mountQuestions(app, parts);
  app.use(() => {
    throw new PedigreeError('NOT_FOUND', 'there is nothing at this path');
  });
  app.use(failureHandler(parts.logger));
  return app;
}

/** For pages elsewhere that hold a token of their own: without cookies, so that nobody's sign-in is used for them. */
function corsOptions(origins: readonly string[]): CorsOptions {
  return {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Content-Encoding'],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  };
}

/** What writes: always with a bearer token, never with a page's cookie. */
function mountCapture(app: Express, { services, verify }: AppParts): void {
  app.post('/v1/declare', async (request, response) => {
    await declareStream(request, response, services, await writerOf(request, verify));
  });
  app.post('/api/v1/lineage', async (request, response) => {
    await acceptEvent(request, response, services, await writerOf(request, verify));
  });
  app.post('/api/v1/lineage/batch', async (request, response) => {
    await acceptBatch(request, response, services, await writerOf(request, verify));
  });
}

function mountQuestions(app: Express, parts: AppParts): void {
  app.get('/v1/export', exportRoute(parts));
  app.get('/v1/evidence', evidenceRoute(parts));
  const { services, verify, openLog } = parts;
  app.get('/log/:log/*path', logRoute({ logs: services.logs, verify, open: openLog }));
  app.use('/graphql', graphqlBody, authenticated(parts.verify), operationText(parts.operations));
  app.use(
    '/graphql/stream',
    streamRoute({
      ...parts,
      contextOf: (request) => contextOf(request, services),
    }),
  );
  app.use('/graphql', graphqlRoute(parts));
}

/** Errors: `UNAUTHENTICATED`, `FORBIDDEN`. */
function writerOf(request: Request, verify: VerifyToken): Promise<Principal> {
  const refusal = 'declaring needs the scope WRITE_LINEAGE: use a token with the role writer';
  return authenticateFor(request, verify, ['WRITE_LINEAGE'], refusal);
}

/** Before GraphQL looks at the request: who may not ask learns nothing about the schema from errors either. */
function authenticated(verify: VerifyToken): RequestHandler {
  return async (request, response, next) => {
    response.locals.principal = await authenticatePage(request, verify);
    purposeOf(request);
    next();
  };
}

function exportRoute({ services, verify, logger }: AppParts): RequestHandler {
  return async (request, response) => {
    const refusal = 'exporting needs the scope READ_LINEAGE or a grant';
    const principal = await authenticateDownload(request, verify, READERS, refusal);
    await services.budget.take(principal, EXPORT_COST);
    const purpose = purposeOf(request);
    const read = principal.grant
      ? services.audit.begin({ principal, purpose, ...describeRead(request, 'export') })
      : undefined;
    endWithResponse(() => read, response, logger);
    const { exports, graph } = await servicesOf(principal, services);
    read?.hid(graph);
    await read?.recorded();
    breakOffWithGrant(principal, services.grantWatch, response);
    const { nodes, edges } = await exportClosure(request, response, exports);
    await services.budget.charge(principal, nodes + edges);
  };
}

function evidenceRoute({ services, verify, logger }: AppParts): RequestHandler {
  return async (request, response) => {
    const refusal = 'evidence needs the scope READ_LINEAGE or a grant';
    const principal = await authenticateDownload(request, verify, READERS, refusal);
    await services.budget.take(principal, EVIDENCE_COST);
    const purpose = purposeOf(request);
    const personal = principal.scopes.has('READ_PERSONAL');
    const read =
      principal.grant || personal
        ? services.audit.begin({ principal, purpose, ...describeRead(request, 'evidence') })
        : undefined;
    endWithResponse(() => read, response, logger);
    const { evidence, evidenceScope: scope, graph } = await servicesOf(principal, services);
    read?.hid(graph);
    await read?.recorded();
    breakOffWithGrant(principal, services.grantWatch, response);
    const entries = await sendEvidence(request, response, { evidence, scope, personal, read });
    await services.budget.charge(principal, entries);
  };
}

function graphqlRoute({ graphql, services, logger }: AppParts): RequestHandler {
  return async (request, response, next) => {
    const context = await contextOf(request, services);
    endWithResponse(() => context.recording.read, response, logger);
    const server = await graphql.of(context.principal.scopes);
    await expressMiddleware(server, { context: () => Promise.resolve(context) })(request, response, next);
  };
}

/** A GraphQL request may carry declarations in its variables, so its JSON is as strict as theirs, but for null. */
async function graphqlBody(request: Request, _response: Response, next: NextFunction): Promise<void> {
  request.body = {};
  if (request.is('application/json')) {
    request.body = parseStrictJson(await readBody(request, MAX_GRAPHQL_BYTES), { nulls: true });
  }
  next();
}

function failureHandler(logger: Logger): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (!response.headersSent) {
      sendProblem(response, error, logger);
      return;
    }
    // A stream that has begun cannot change its status: the connection breaks, and the client knows what it got.
    logger.warn({ err: error }, 'a response ended early');
    response.destroy();
    next();
  };
}
