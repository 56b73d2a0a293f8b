/** A log as anybody reads it: a checkpoint and tiles below one URL (C2SP tlog-tiles), or below one folder. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HASH_BYTES } from '../../ledger/merkle.js';
import { TILE_WIDTH, tilePath, type TileId } from '../../ledger/tile.js';
import { FollowError } from './verdict.js';

export interface LogSource {
  checkpoint(): Promise<string>;
  tile(id: TileId): Promise<Uint8Array>;
}

const TIMEOUT_MS = 30_000;
/** A full bundle of the longest entries; nothing that a log serves is larger. */
const MAX_BYTES = TILE_WIDTH * 65_537;

/** The log at a URL; `file:` is a folder with the same files, such as a mirror. */
export function openLog(url: string, token?: string): LogSource {
  return url.startsWith('file:') ? new FolderLog(fileURLToPath(url)) : new HttpLog(url, token);
}

class FolderLog implements LogSource {
  constructor(private readonly folder: string) {}

  async checkpoint(): Promise<string> {
    return (await this.read('checkpoint')).toString('utf8');
  }

  tile(id: TileId): Promise<Uint8Array> {
    return this.read(tilePath(id));
  }

  private async read(path: string): Promise<Buffer> {
    try {
      return await readFile(`${this.folder}/${path}`);
    } catch (error) {
      throw new FollowError('WITHHELD', `${path} must be there, but: ${(error as Error).message}`);
    }
  }
}

export class HttpLog implements LogSource {
  private readonly url: string;

  /** @param token for entries, which are not public */
  constructor(
    url: string,
    private readonly token?: string,
  ) {
    this.url = url.replace(/(?<!\/)\/+$/, '');
  }

  async checkpoint(): Promise<string> {
    const bytes = await this.get('checkpoint');
    if (bytes) return Buffer.from(bytes).toString('utf8');
    throw new FollowError('WITHHELD', `${this.url}/checkpoint must be there, but is not`);
  }

  async tile(id: TileId): Promise<Uint8Array> {
    const path = tilePath(id);
    const bytes = (await this.get(path)) ?? (await this.prefixOfFull(id));
    if (bytes) return bytes;
    throw new FollowError('WITHHELD', `${path} must be there, as the checkpoint says, but is not`);
  }

  /** A log may drop a partial tile once the full one is there. */
  private async prefixOfFull(id: TileId): Promise<Uint8Array | undefined> {
    if (id.width === TILE_WIDTH || id.level === 'entries') return undefined;
    const bytes = await this.get(tilePath({ ...id, width: TILE_WIDTH }));
    return bytes?.slice(0, id.width * HASH_BYTES);
  }

  /** undefined for what is not there. */
  private async get(path: string): Promise<Uint8Array | undefined> {
    const headers: Record<string, string> = { 'Cache-Control': 'no-cache' };
    if (this.token !== undefined) headers.Authorization = `Bearer ${this.token}`;
    let response: Response;
    try {
      response = await fetch(`${this.url}/${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return await readBody(response, path);
    } catch (error) {
      if (error instanceof FollowError) throw error;
      throw new FollowError('UNREACHABLE', `${this.url} must answer, but: ${reasonOf(error as Error)}`);
    }
    if (response.status === 404 || response.status === 410) return undefined;
    const finding = [401, 403].includes(response.status) ? 'WITHHELD' : 'UNREACHABLE';
    throw new FollowError(
      finding,
      `${this.url}/${path} must be given, but got: HTTP ${String(response.status)}`,
    );
  }
}

/** `fetch` hides the reason in what caused its error. */
function reasonOf({ cause, message }: Error): string {
  return cause instanceof Error ? cause.message : message;
}

async function readBody(response: Response, path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BYTES) throw new FollowError('TILE_ALTERED', `${path} is longer than any tile can be`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
