/** Files that a server streams: an answer without a whole body is a failure, never a short file that looks whole. */
import { Readable } from 'node:stream';
import { PedigreeError, type ErrorCode } from '../../domain/errors.js';
import type { Connection } from '../connection.js';

/** Errors: what the server says, and `SERVER_UNREACHABLE`. */
export async function download(
  { url, token }: Connection,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Readable> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const address = new URL(`${path}?${new URLSearchParams(given).toString()}`, url);
  const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => {
      throw new PedigreeError('SERVER_UNREACHABLE', `a server must answer at ${address.origin}`, {}, error);
    },
  );
  if (response.ok && response.body) return Readable.fromWeb(response.body as never);
  const { code, detail } = (await response.json().catch(() => ({}))) as { code?: ErrorCode; detail?: string };
  throw new PedigreeError(
    code ?? 'SERVER_UNREACHABLE',
    detail ?? `the server answered ${String(response.status)}`,
  );
}
