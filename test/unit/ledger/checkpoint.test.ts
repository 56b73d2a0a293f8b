import { createPrivateKey, sign } from 'node:crypto';

import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from '@jest/globals';

import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../../../src/ledger/checkpoint.js';
import { emptyRoot } from '../../../src/ledger/merkle.js';
import {
  ed25519Verifier,
  formatSignature,
  formatVerifierKey,
  type NoteSigner,
  openNote,
  parseVerifierKey,
  signNote,
} from '../../../src/ledger/signed-note.js';
import { failureOf } from '../../support/failure.js';

const LOG = signer('log.example/lineage', 1);
const WITNESS = signer('witness.example/w1', 2);
const LOG_KEY = ed25519Verifier(LOG.name, LOG.publicKey);
const WITNESS_KEY = ed25519Verifier(WITNESS.name, WITNESS.publicKey);
const ROOT = Buffer.alloc(32).toString('base64');
const HEAD = { size: 20_852_163, root: Buffer.alloc(32, 7) };

/** The note of Go's golang.org/x/mod/sumdb/note package documentation, with its key. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

describe('signed notes', () => {
  test('one signed by another implementation opens', () => {
    const verifier = parseVerifierKey(GO_KEY);
    expect(openNote(GO_NOTE, [verifier]).verified.map(({ name }) => name)).toEqual(['PeterNeumann']);
    expect(formatVerifierKey(verifier)).toBe(GO_KEY);
  });

  test('signatures of unknown keys are kept, those of known keys are checked', () => {
    const note = signNote('text\n\nmore text\n', [LOG, WITNESS]);
    const opened = openNote(Buffer.from(note), [WITNESS_KEY]);
    expect(opened.text).toBe('text\n\nmore text\n');
    expect(opened.verified.map(({ name }) => name)).toEqual([WITNESS.name]);
    expect(opened.unverified.map(({ name }) => name)).toEqual([LOG.name]);
    expect(openNote(note, [LOG_KEY, WITNESS_KEY]).verified).toHaveLength(2);
  });

  test('sixteen signatures are accepted, and one of another algorithm among them', () => {
    const others = Array.from({ length: 14 }, (_, i) => signer(`w${i}.example`, 10 + i));
    const cosignature = {
      name: 'w.example',
      keyId: Uint8Array.of(1, 2, 3, 4),
      signature: new Uint8Array(5_000),
    };
    const note = signNote('text\n', [LOG, ...others]) + formatSignature(cosignature);
    expect(openNote(note, [LOG_KEY]).unverified).toHaveLength(15);
  });

  test('a key of the same name is another key', () => {
    const other = signer(LOG.name, 3);
    const note = signNote('text\n', [other]);
    expect(() => openNote(note, [LOG_KEY])).toThrow('is required, but there is none');
  });

  test.each([
    ['no signature', 'text\n'],
    ['an empty line at its end', `${signNote('text\n', [LOG])}\n`],
    ['no newline at its end', signNote('text\n', [LOG]).slice(0, -1)],
    ['a control character', signNote('te\txt\n', [LOG])],
    ['a hyphen for the dash', signNote('text\n', [LOG]).replace('—', '-')],
    ['base64 with bits that mean nothing', signNote('text\n', [LOG]).replace(/.=\n$/, '9=\n')],
    ['a signature that is only a key id', 'text\n\n— name AAAAAA==\n'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from([0xff]), Buffer.from(signNote('text\n', [LOG]))])],
    [
      'too many signatures',
      signNote(
        'text\n',
        Array.from({ length: 101 }, () => LOG),
      ),
    ],
  ])('one with %s is refused', (_what, note) => {
    expect(failureOf(() => openNote(note, [LOG_KEY]))).toMatchObject({ code: 'BAD_NOTE' });
  });

  test.each([
    ['another id', GO_KEY.replace('c74f20a3', 'c74f20a4')],
    ['another type', GO_KEY.replace('ARpc', 'BBpc')],
    ['no name', GO_KEY.replace('PeterNeumann', '')],
    ['a space in its name', GO_KEY.replace('Peter', 'Peter ')],
    ['other text', 'nonsense'],
  ])('a verifier key with %s is refused', (_what, text) => {
    expect(failureOf(() => parseVerifierKey(text))).toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('checkpoints', () => {
  test('say origin, size and root, and are signed by the log', () => {
    const note = signCheckpoint(HEAD, LOG);
    expect(note.split('\n').slice(0, 3)).toEqual([
      'log.example/lineage',
      '20852163',
      Buffer.alloc(32, 7).toString('base64'),
    ]);
    expect(openCheckpoint(note, LOG_KEY)).toMatchObject({
      origin: LOG.name,
      size: HEAD.size,
      extensions: [],
    });
    expect(Buffer.from(openCheckpoint(note, LOG_KEY).root)).toEqual(HEAD.root);
  });

  test('of an empty log are signed too', () => {
    const note = signCheckpoint({ size: 0, root: emptyRoot() }, LOG);
    expect(openCheckpoint(note, LOG_KEY)).toMatchObject({ size: 0, root: emptyRoot() });
  });

  test('with a cosignature open with and without the witness’s key', () => {
    const note = signCheckpoint(HEAD, LOG);
    const [line] = signNote(note.split('\n\n')[0]! + '\n', [WITNESS])
      .split('\n\n')
      .slice(1);
    expect(openCheckpoint(note + line!, LOG_KEY).unverified).toHaveLength(1);
    expect(openCheckpoint(note + line!, LOG_KEY, [WITNESS_KEY]).verified).toHaveLength(2);
  });

  test('that only a witness signed are refused', () => {
    const note = signNote(signCheckpoint(HEAD, LOG).split('\n\n')[0]! + '\n', [WITNESS]);
    expect(failureOf(() => openCheckpoint(note, LOG_KEY, [WITNESS_KEY]))).toMatchObject({ code: 'BAD_NOTE' });
  });

  test('of another log under the same key are refused', () => {
    const note = signNote('other.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n', [LOG]);
    expect(failureOf(() => openCheckpoint(note, LOG_KEY))).toMatchObject({
      message: 'the checkpoint must be of the log log.example/lineage, but is of other.example',
    });
  });

  test('have opaque further lines', () => {
    expect(parseCheckpoint(`o\n0\n${ROOT}\nmore\n`).extensions).toEqual(['more']);
  });

  test.each([
    ['no origin', `\n1\n${ROOT}\n`],
    ['a size with a zero in front', `o\n01\n${ROOT}\n`],
    ['a negative size', `o\n-1\n${ROOT}\n`],
    ['a size above 2^53', `o\n9007199254740993\n${ROOT}\n`],
    ['a short root', 'o\n1\nAAAA\n'],
    ['no root', 'o\n1\n'],
    ['an empty line', `o\n1\n${ROOT}\n\nmore\n`],
    ['no newline at its end', `o\n1\n${ROOT}`],
  ])('with %s are refused', (_what, text) => {
    expect(failureOf(() => parseCheckpoint(text))).toMatchObject({ code: 'BAD_NOTE' });
  });

  test('with any one bit changed do not open', () => {
    const note = Buffer.from(signCheckpoint(HEAD, LOG));
    for (let bit = 0; bit < note.length * 8; bit++) {
      note[bit >> 3]! ^= 1 << (bit & 7);
      expect({ bit, failure: failureOf(() => openCheckpoint(note, LOG_KEY)) }).toMatchObject({
        bit,
        failure: { code: 'BAD_NOTE' },
      });
      note[bit >> 3]! ^= 1 << (bit & 7);
    }
  });
});

/** Signs with the platform's Ed25519 and is checked with the library's, so the two are held to agree. */
function signer(name: string, seed: number): NoteSigner {
  const secret = Buffer.alloc(32, seed);
  const publicKey = ed25519.getPublicKey(secret);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { name, publicKey, sign: (text) => sign(null, text, key) };
}
