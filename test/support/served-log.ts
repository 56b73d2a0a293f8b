/** A log in memory that serves what it is told to: honest, or not. */
import { generateKeyPairSync, sign } from 'node:crypto';

import { FollowError } from '../../src/cli/follow/verdict.js';
import type { LogSource } from '../../src/cli/follow/log-source.js';
import { packBundles } from '../../src/ledger/bundle.js';
import { signCheckpoint } from '../../src/ledger/checkpoint.js';
import { leafHash } from '../../src/ledger/merkle.js';
import { ed25519Verifier, type NoteSigner, type NoteVerifier } from '../../src/ledger/signed-note.js';
import { type TileId, tilePath } from '../../src/ledger/tile.js';
import { definedRoot, tilesOf } from './merkle-tree.js';

export interface LogKeys {
  readonly signer: NoteSigner;
  readonly verifier: NoteVerifier;
}

export function newLogKeys(name = 'log.example/lineage'): LogKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
  return {
    signer: { name, publicKey: raw, sign: (text) => sign(null, text, privateKey) },
    verifier: ed25519Verifier(name, raw),
  };
}

/** Leaves of the form of entries, one a second. */
export function entriesOf(count: number, text = 'entry'): Buffer[] {
  return Array.from({ length: count }, (_, i) => Buffer.from(`{"at":${1_000 * i},"by":"${text} ${i}"}`));
}

/** What an honest log of these entries serves. `fake` replaces single resources, by path. */
export class ServedLog implements LogSource {
  readonly read: string[] = [];
  readonly fake = new Map<string, Uint8Array | undefined>();
  private readonly hashes: Uint8Array[];
  private readonly tiles: ReturnType<typeof tilesOf>;

  constructor(
    private readonly leaves: readonly Buffer[],
    private readonly keys: LogKeys,
  ) {
    this.hashes = leaves.map(leafHash);
    this.tiles = tilesOf(this.hashes);
  }

  checkpoint(): Promise<string> {
    const note = this.fake.get('checkpoint');
    if (note) return Promise.resolve(Buffer.from(note).toString('utf8'));
    const head = { size: this.leaves.length, root: definedRoot(this.hashes) };
    return Promise.resolve(signCheckpoint(head, this.keys.signer));
  }

  async tile(id: TileId): Promise<Uint8Array> {
    const path = tilePath(id);
    this.read.push(path);
    if (this.fake.has(path)) {
      const fake = this.fake.get(path);
      if (fake) return fake;
      throw new FollowError('WITHHELD', `${path} must be there, as the checkpoint says, but is not`);
    }
    if (id.level !== 'entries') return this.tiles.tile({ ...id, level: id.level });
    const start = id.index * 256;
    const [bundle] = packBundles(start, this.leaves.slice(start, start + id.width));
    return bundle!.bytes;
  }

  /** Flips one bit of a resource. */
  async flip(path: string, id: TileId, bit: number): Promise<void> {
    this.fake.delete(path);
    const bytes = Buffer.from(await this.tile(id));
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    this.fake.set(path, bytes);
  }
}
