/** Headers of every answer: nothing from elsewhere may run in a page of ours, and nobody may frame it. */
import type { NextFunction, Request, Response } from 'express';

/** No inline script, no inline style, nothing from elsewhere. `blob:` and `data:` are files that a page makes itself. */
const STRICT = {
  'default-src': "'self'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** GraphiQL's editor makes its styles and some of its workers at run time. */
const GRAPHIQL = {
  ...STRICT,
  'worker-src': "'self' blob:",
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
};

export function pageHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', STRICT_TEXT);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** The one page that needs more, and no other gets it. */
export function graphiqlHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', GRAPHIQL_TEXT);
  next();
}

function policyText(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

const STRICT_TEXT = policyText(STRICT);
const GRAPHIQL_TEXT = policyText(GRAPHIQL);
