/**
 * `GET /log/<log>/…`: a log as C2SP tlog-tiles, for programs that follow and witness logs. Checkpoint, verifier key and
 * hash tiles are public unless a setting closes them; entry bundles need the scope READ_LOG.
 */
import type { Request, RequestHandler, Response } from 'express';
import { PedigreeError, required } from '../domain/errors.js';
import { parseTilePath, type TileId } from '../ledger/tile.js';
import { LOGS, type LogName } from '../store/as-of.js';
import type { LogReader } from '../store/log-reader.js';
import { authenticateFor, type VerifyToken } from './authenticate.js';

export interface LogRouteParts {
  readonly logs: Readonly<Record<LogName, LogReader>>;
  readonly verify: VerifyToken;
  /** True if hashes may be read without a token. */
  readonly open: boolean;
}

const YEAR = 'max-age=31536000, immutable';

/** Answers `/log/:log/*path`. Errors: `NOT_FOUND`, `UNAUTHENTICATED`, `FORBIDDEN`. */
export function logRoute({ logs, verify, open }: LogRouteParts): RequestHandler {
  return async (request, response) => {
    const reader = logs[logOf(request)];
    const path = (request.params.path as unknown as string[]).join('/');
    if (path === 'checkpoint' || path === 'vkey') {
      const scope = await cacheScope(request, verify, open);
      sendText(response, `${scope}, max-age=1`, await textOf(reader, path));
      return;
    }
    const tile = parseTilePath(path);
    const scope = await cacheScope(request, verify, open && tile.level !== 'entries');
    await sendTile(response, reader, tile, scope);
  };
}

function logOf(request: Request): LogName {
  const name = request.params.log as LogName;
  if (LOGS.includes(name)) return name;
  throw new PedigreeError('NOT_FOUND', required(`a log is one of ${LOGS.join(', ')}`, name));
}

async function textOf(reader: LogReader, path: 'checkpoint' | 'vkey'): Promise<string> {
  return path === 'checkpoint' ? (await reader.head()).note : `${await reader.verifierKey()}\n`;
}

/** Who may keep a copy of the answer: anybody, or only the reader whose token was checked. */
async function cacheScope(
  request: Request,
  verify: VerifyToken,
  open: boolean,
): Promise<'public' | 'private'> {
  if (open) return 'public';
  const refusal = 'reading this part of the log needs the scope READ_LOG: use a token with the role auditor';
  await authenticateFor(request, verify, ['READ_LOG'], refusal);
  return 'private';
}

function sendText(response: Response, cacheControl: string, text: string): void {
  response.setHeader('Cache-Control', cacheControl);
  response.type('text/plain; charset=utf-8').send(text);
}

async function sendTile(response: Response, reader: LogReader, tile: TileId, scope: string): Promise<void> {
  const bytes = await reader.tile(tile);
  response.setHeader('Cache-Control', `${scope}, ${YEAR}`);
  response.type('application/octet-stream').send(Buffer.from(bytes));
}
