/**
 * Cursors: a position in a list, sealed so that it says nothing about what it skips, and bound to the reader, the
 * question and the as-of point, so that it opens nowhere else.
 */
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { PedigreeError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';

/** What a cursor belongs to: anything that changes the list it points into, other than its as-of point. */
export interface CursorScope {
  readonly reader: string;
  readonly question: Json;
}

/** A position and the tree size at which the page sequence is read. */
export interface CursorContent {
  readonly asOf: number;
  readonly position: readonly number[];
  /** The text that breaks ties, where a list is in the order of texts. */
  readonly text?: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Spaces fill up to this length, so that a cursor's own length does not tell how large its numbers are. */
const PADDED = 64;

export class CursorSealer {
  /** @param key 32 secret bytes, the same on every server of one database */
  constructor(private readonly key: Uint8Array) {}

  seal({ asOf, position, text }: CursorContent, scope: CursorScope): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(scopeBytes(scope));
    const content = JSON.stringify([text ?? null, asOf, ...position]).padEnd(PADDED);
    const sealed = cipher.update(content, 'utf8');
    return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Error: `BAD_CURSOR`, for a cursor of another reader or another question as for one that was made up. */
  open(cursor: string, scope: CursorScope): CursorContent {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(scopeBytes(scope)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const text =
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      const [tie, asOf, ...position] = JSON.parse(text) as [string | null, number, ...number[]];
      return { asOf, position, ...(tie === null ? {} : { text: tie }) };
    } catch (error) {
      const message =
        '"after" must be the endCursor of an earlier page of the same question, asked by the same reader';
      throw new PedigreeError('BAD_CURSOR', message, {}, error);
    }
  }
}

function scopeBytes({ reader, question }: CursorScope): Buffer {
  return hash('sha256', canonicalJson([reader, question]), 'buffer');
}
