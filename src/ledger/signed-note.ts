/**
 * Signed notes (c2sp.org/signed-note): a text and lines of signatures below it. Only what a trusted key has signed is
 * ever returned; signatures of keys that nobody named are kept and passed on, as witnesses' cosignatures need.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from './sha256.js';
import { base64, hex } from '@scure/base';
import { PedigreeError, required } from '../domain/errors.js';
import { sameBytes } from './merkle.js';

/** The byte that says "Ed25519 over the note's text" in key ids and keys. */
const ED25519 = 1;
const ID_BYTES = 4;
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
const KEY_NAME = /^[^\s+\p{C}]+$/u;

/** Checks signatures of one key. */
export interface NoteVerifier {
  readonly name: string;
  /** Four bytes that tell the name's keys apart; not a secret, and no proof of anything. */
  readonly keyId: Uint8Array;
  verify(text: Uint8Array, signature: Uint8Array): boolean;
}

/** Signs with one key. Where the secret lives is the implementation's matter. */
export interface NoteSigner {
  readonly name: string;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
  sign(text: Uint8Array): Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface OpenNote {
  /** With its final newline. */
  readonly text: string;
  /** By keys that were given, each one checked. */
  readonly verified: readonly NoteSignature[];
  /** By other keys, unchecked: cosignatures of witnesses, former keys. */
  readonly unverified: readonly NoteSignature[];
}

/** Signs a text, which ends in a newline. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const keyId = ed25519KeyId(signer.name, signer.publicKey);
    const signature = signer.sign(new TextEncoder().encode(text));
    return formatSignature({ name: signer.name, keyId, signature });
  });
  return `${text}\n${lines.join('')}`;
}

/** Adds signatures of others, such as a witness's cosignature, to a note. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${base64.encode(Uint8Array.of(...keyId, ...signature))}\n`;
}

/**
 * Opens a note whose text at least one of the verifiers' keys has signed, and none of them wrongly.
 * Error: `BAD_NOTE` for a wrong form and for a missing or wrong signature.
 */
export function openNote(note: Uint8Array | string, verifiers: readonly NoteVerifier[]): OpenNote {
  const { text, signatures } = splitNote(note);
  const signed = new TextEncoder().encode(text);
  const verified: NoteSignature[] = [];
  const unverified: NoteSignature[] = [];
  for (const signature of signatures) {
    const verifier = verifiers.find(
      ({ name, keyId }) => name === signature.name && sameBytes(keyId, signature.keyId),
    );
    if (!verifier) unverified.push(signature);
    else if (verifier.verify(signed, signature.signature)) verified.push(signature);
    else throw new PedigreeError('BAD_NOTE', `the signature by ${verifier.name} is wrong`);
  }
  if (verified.length === 0) {
    const names = verifiers.map(({ name, keyId }) => `${name}+${hex.encode(keyId)}`).join(', ');
    throw new PedigreeError('BAD_NOTE', `a signature by ${names} is required, but there is none`);
  }
  return { text, verified, unverified };
}

/** The public key as a text to hand out ("vkey"): `<name>+<key id, hex>+<base64 of type and key>`. */
export function formatVerifierKey({ name, publicKey }: Pick<NoteSigner, 'name' | 'publicKey'>): string {
  const id = hex.encode(ed25519KeyId(name, publicKey));
  return `${name}+${id}+${base64.encode(Uint8Array.of(ED25519, ...publicKey))}`;
}

/** Error: `BAD_INPUT` for a text that is no Ed25519 verifier key, or whose id is not that of its key. */
export function parseVerifierKey(text: string): NoteVerifier & { readonly publicKey: Uint8Array } {
  const [, name = '', id = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = decodeBase64(key);
  if (KEY_NAME.test(name) && bytes?.length === 33 && bytes[0] === ED25519) {
    const publicKey = bytes.slice(1);
    const keyId = ed25519KeyId(name, publicKey);
    if (hex.encode(keyId) === id) return ed25519Verifier(name, publicKey);
  }
  throw new PedigreeError(
    'BAD_INPUT',
    required('a verifier key "<name>+<id>+<base64>" of an Ed25519 key is required', text),
  );
}

export function ed25519Verifier(
  name: string,
  publicKey: Uint8Array,
): NoteVerifier & { readonly publicKey: Uint8Array } {
  return {
    name,
    publicKey,
    keyId: ed25519KeyId(name, publicKey),
    // The strict rules of RFC 8032, so that every verifier gives the same verdict.
    verify: (text, signature) =>
      signature.length === 64 && ed25519.verify(signature, text, publicKey, { zip215: false }),
  };
}

/** The first four bytes of H(name ‖ newline ‖ type ‖ key). */
function ed25519KeyId(name: string, publicKey: Uint8Array): Uint8Array {
  if (!KEY_NAME.test(name)) {
    throw new PedigreeError('BAD_INPUT', required('a key name must have no spaces and no "+"', name));
  }
  const bytes = new TextEncoder().encode(`${name}\n`);
  return sha256(Uint8Array.of(...bytes, ED25519, ...publicKey)).slice(0, ID_BYTES);
}

function splitNote(note: Uint8Array | string): { text: string; signatures: NoteSignature[] } {
  const whole = typeof note === 'string' ? note : decodeUtf8(note);
  // eslint-disable-next-line no-control-regex -- the format forbids them
  if (whole.length > MAX_NOTE_BYTES || /[\0-\x09\x0b-\x1f]/.test(whole) || !whole.isWellFormed()) {
    throw malformed('a text of at most a million characters, without control characters but newlines');
  }
  const split = whole.lastIndexOf('\n\n');
  const lines = whole.slice(split + 2).split('\n');
  if (split < 0 || lines.pop() !== '' || lines.length === 0 || lines.length > MAX_SIGNATURES) {
    throw malformed('a text, an empty line and up to 100 lines of signatures');
  }
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  if (!KEY_NAME.test(name) || !bytes || bytes.length <= ID_BYTES) {
    throw malformed('"— <key name> <base64>" in each line of a signature');
  }
  return { name, keyId: bytes.slice(0, ID_BYTES), signature: bytes.slice(ID_BYTES) };
}

/** undefined for what is no strict base64 (RFC 4648 §4) */
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('UTF-8');
  }
}

function malformed(what: string): PedigreeError {
  return new PedigreeError('BAD_NOTE', `a signed note (C2SP signed-note) must have ${what}`);
}
