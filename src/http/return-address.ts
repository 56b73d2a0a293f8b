/**
 * Where a sign-in leads back to. The address comes from outside, and whoever could choose it freely would have a redirect
 * of this server to any other (CWE-601). So it must be one of the pages that there are, after it was read as a browser
 * reads it.
 */
import { PedigreeError, required } from '../domain/errors.js';

/** Any host will do: what matters is whether the address leaves it. */
const HERE = 'http://here.invalid';

/** The addresses of the web interface: each opens the same page, which shows what its address names. */
export const PAGES: readonly string[] = [
  '/',
  '/artifact',
  '/decision',
  '/explore',
  '/impact',
  '/compare',
  '/root-cause',
  '/governance',
];

/** Path and query of a page of this server. Error: `BAD_INPUT`. */
export function parseReturnAddress(text: string): string {
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : undefined;
  if (url?.origin === HERE && PAGES.includes(url.pathname)) return url.pathname + url.search;
  throw new PedigreeError('BAD_INPUT', required('"to" must be the path of a page of this server', text));
}
