/** What a browser or a monitor opens: the pages, GraphiQL, the sign-in and the state of the server. */
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Express, RequestHandler } from 'express';
import staticCompressed, { type ExpressStaticGzipOptions } from 'express-static-gzip';
import { packageRoot } from '../domain/package-root.js';
import type { Services } from '../graphql/context.js';
import { readHead } from '../store/log-head.js';
import { findWriteRefusal } from '../store/write-access.js';
import type { VerifyToken } from './authenticate.js';
import { codeFlowRoute, type OfferedSignIn } from './code-flow-route.js';
import type { Logger } from './logger.js';
import { PAGES } from './return-address.js';
import { graphiqlHeaders } from './security-headers.js';
import { sessionRoute } from './session-route.js';
import type { SignInLinks } from './sign-in.js';

export interface PageParts {
  readonly services: Services;
  readonly verify: VerifyToken;
  readonly signIn: SignInLinks;
  /** The sign-in at an identity provider, where one is configured. */
  readonly offered: OfferedSignIn | undefined;
  readonly logger: Logger;
}

const WEB = join(packageRoot(), 'dist', 'web');

export function mountPages(app: Express, { services, verify, signIn, offered, logger }: PageParts): void {
  app.get('/health', async (_request, response) => {
    const { size } = await readHead(services.database);
    const refusal = services.refusing() ?? (await findWriteRefusal(services.database));
    const problem = refusal ?? services.refusingReads();
    response.json({
      status: refusal ? 'read-only' : problem ? 'no-personal-reads' : 'ok',
      treeSize: String(size),
      ...(problem ? { code: problem.code, message: problem.message } : {}),
    });
  });
  app.get('/sign-in', (request, response) => signIn.handle(request, response));
  app.use('/sign-in', codeFlowRoute({ offered, verify, logger }));
  app.use('/session', sessionRoute(verify));
  app.get([...PAGES], (_request, response) => {
    response.sendFile(join(WEB, 'app', 'index.html'), { cacheControl: false });
  });
  app.use('/assets', files(join(WEB, 'app', 'assets'), { setHeaders: keepForEver }));
  app.use('/graphiql', graphiqlHeaders, files(join(WEB, 'graphiql'), { cacheControl: false }));
}

/** Names of assets carry a hash of their content, so a browser need not ask again. What is not there gets no such header. */
function keepForEver(response: ServerResponse): void {
  // Set here, because the `no-store` of all answers would win over the options of the library.
  response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
}

/** Files in the best form that the build made of them and the browser takes: Brotli, gzip, or as they are. */
function files(
  folder: string,
  serveStatic: NonNullable<ExpressStaticGzipOptions['serveStatic']>,
): RequestHandler {
  return staticCompressed(folder, { enableBrotli: true, orderPreference: ['br', 'gzip'], serveStatic });
}
