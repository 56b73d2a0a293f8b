/** Checkpoints (c2sp.org/tlog-checkpoint): what a log signs of its tree. */
import { base64 } from '@scure/base';
import { PedigreeError } from '../domain/errors.js';
import { HASH_BYTES } from './merkle.js';
import { openNote, signNote, type NoteSigner, type NoteVerifier, type OpenNote } from './signed-note.js';
import type { TreeHead } from './verify-proof.js';

export interface Checkpoint extends TreeHead {
  /** Names the log. */
  readonly origin: string;
  /** Further lines, which nothing of ours writes and nothing reads. */
  readonly extensions: readonly string[];
}

export interface OpenCheckpoint extends Checkpoint, Pick<OpenNote, 'verified' | 'unverified'> {}

/** The text that is signed. */
function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  return `${origin}\n${String(size)}\n${base64.encode(root)}\n`;
}

/** Error: `BAD_NOTE` for another form. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n');
  const extensions = rest.slice(0, -1);
  const root = decodeRoot(encoded);
  const whole = rest.at(-1) === '' && !extensions.includes('') && origin !== '';
  if (!whole || !root || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new PedigreeError(
      'BAD_NOTE',
      'a checkpoint (C2SP tlog-checkpoint) must have an origin, a tree size and a root of 32 bytes, a line each',
    );
  }
  return { origin, size: Number(size), root, extensions };
}

/** The checkpoint as it is served: its text and the log's signature. */
export function signCheckpoint(head: TreeHead, signer: NoteSigner): string {
  return signNote(formatCheckpoint({ origin: signer.name, ...head }), [signer]);
}

/**
 * Opens a signed checkpoint of the log that the first verifier's key belongs to: its origin must be that key's name.
 * Further verifiers are of witnesses. Error: `BAD_NOTE`.
 */
export function openCheckpoint(
  note: Uint8Array | string,
  verifier: NoteVerifier,
  witnesses: readonly NoteVerifier[] = [],
): OpenCheckpoint {
  const { text, verified, unverified } = openNote(note, [verifier, ...witnesses]);
  if (!verified.some(({ name }) => name === verifier.name)) {
    throw new PedigreeError(
      'BAD_NOTE',
      `a signature by ${verifier.name} is required, but only witnesses signed`,
    );
  }
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== verifier.name) {
    throw new PedigreeError(
      'BAD_NOTE',
      `the checkpoint must be of the log ${verifier.name}, but is of ${checkpoint.origin}`,
    );
  }
  return { ...checkpoint, verified, unverified };
}

function decodeRoot(text: string): Uint8Array | undefined {
  try {
    const root = base64.decode(text);
    return root.length === HASH_BYTES ? root : undefined;
  } catch {
    return undefined;
  }
}
