/** What a browser or a monitor opens: the pages, GraphiQL, the sign-in and the state of the server. */
import { join } from 'node:path';
import express, { type Express } from 'express';
import { packageRoot } from '../domain/package-root.js';
import type { Services } from '../graphql/context.js';
import { readHead } from '../store/log-head.js';
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
    const refusal = services.refusing();
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
  // Their names carry a hash of their content, so a browser need not ask again.
  app.use('/assets', express.static(join(WEB, 'app', 'assets'), { immutable: true, maxAge: '365d' }));
  app.use('/graphiql', graphiqlHeaders, express.static(join(WEB, 'graphiql'), { cacheControl: false }));
}
