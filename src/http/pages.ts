/** What a browser or a monitor opens: the pages, GraphiQL, the sign-in and the state of the server. */
import { join } from 'node:path';
import express, { type Express } from 'express';
import { packageRoot } from '../domain/package-root.js';
import type { Services } from '../graphql/context.js';
import { readHead } from '../store/log-head.js';
import type { VerifyToken } from './authenticate.js';
import { graphiqlHeaders } from './security-headers.js';
import { sessionRoute } from './session-route.js';
import type { SignInLinks } from './sign-in.js';

export interface PageParts {
  readonly services: Services;
  readonly verify: VerifyToken;
  readonly signIn: SignInLinks;
}

/** The addresses of the web interface: each opens the same page, which shows what its address names. */
const PAGES = [
  '/',
  '/artifact',
  '/decision',
  '/explore',
  '/impact',
  '/compare',
  '/root-cause',
  '/governance',
];

const WEB = join(packageRoot(), 'dist', 'web');

export function mountPages(app: Express, { services, verify, signIn }: PageParts): void {
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
  app.use('/session', sessionRoute(verify));
  app.get(PAGES, (_request, response) => {
    response.sendFile(join(WEB, 'app', 'index.html'), { cacheControl: false });
  });
  // Their names carry a hash of their content, so a browser need not ask again.
  app.use('/assets', express.static(join(WEB, 'app', 'assets'), { immutable: true, maxAge: '365d' }));
  app.use('/graphiql', graphiqlHeaders, express.static(join(WEB, 'graphiql'), { cacheControl: false }));
}
