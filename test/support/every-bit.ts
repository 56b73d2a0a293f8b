/** Every bit of what a log gives out, flipped one at a time: who checks it must find each, and name where it is. */
import { followOnce, readCheckpoint } from '../../src/cli/follow/follower.js';
import { FollowError } from '../../src/cli/follow/verdict.js';
import type { NoteVerifier } from '../../src/ledger/signed-note.js';
import { parseTilePath } from '../../src/ledger/tile.js';
import { verifyEvidence } from '../../src/verify/index.js';
import { id } from './declarations.js';
import { EvidenceDouble } from './evidence-double.js';
import { STORY } from './evidence-cases.js';
import { entriesOf, newLogKeys, ServedLog } from './served-log.js';

/** Which bits of a text of some bytes are flipped. */
export type Bits = (bytes: number) => readonly number[];

/** What was tried of each resource, and what went unnoticed or unnamed. */
export type Unnoticed = Readonly<
  Record<string, { readonly tried: number; readonly missed: readonly string[] }>
>;

/** Every bit whose number is `part` modulo `parts`. */
export function alteredBits(part: number, parts: number): Bits {
  return (bytes) => Array.from({ length: Math.ceil((bytes * 8 - part) / parts) }, (_, i) => part + i * parts);
}

const TILES = ['0/000', '0/001.p/4', '1/000.p/1', 'entries/000', 'entries/001.p/4'];

/** The tiles and entry bundles of a log of 260 entries, and its checkpoint, as a follower sees them. */
export async function unnoticedLogBits(bits: Bits): Promise<Unnoticed> {
  const { signer, verifier } = newLogKeys();
  const log = new ServedLog(entriesOf(260), { signer, verifier });
  const note = Buffer.from(await log.checkpoint());
  const follower = { verifier: remembering(verifier), entries: true, all: true };
  const found: Record<string, { tried: number; missed: string[] }> = {};
  for (const rest of TILES) {
    const path = `tile/${rest}`;
    const tile = parseTilePath(path);
    const chosen = bits((await log.tile(tile)).length);
    const missed: string[] = [];
    for (const bit of chosen) {
      log.fake.set('checkpoint', note);
      await log.flip(path, tile, bit);
      const fault = await faultOf(followOnce(log, undefined, follower));
      const finding = rest.startsWith('entries') ? 'ENTRY_ALTERED' : 'TILE_ALTERED';
      if (!fault.startsWith(finding) || !fault.includes(path)) missed.push(`bit ${bit} of ${path}: ${fault}`);
      log.fake.clear();
    }
    found[`bits of ${path}`] = { tried: chosen.length, missed };
  }
  return { ...found, 'bits of the checkpoint': unopened(note, bits(note.length), verifier) };
}

async function faultOf(following: Promise<unknown>): Promise<string> {
  return following.then(
    () => 'nothing was found',
    (error: unknown) => (error instanceof FollowError ? `${error.finding} ${error.message}` : String(error)),
  );
}

function unopened(note: Buffer, bits: readonly number[], verifier: NoteVerifier): Unnoticed[string] {
  const missed = bits.filter((bit) => {
    try {
      readCheckpoint(flipped(note, bit).toString('utf8'), verifier);
      return true;
    } catch {
      return false;
    }
  });
  return { tried: bits.length, missed: missed.map((bit) => `bit ${bit} of the checkpoint`) };
}

/** An evidence file with everything in it: several entries, withheld values, a proof of growth. */
export async function unnoticedEvidenceBits(bits: Bits): Promise<Unnoticed> {
  const log = new EvidenceDouble(STORY);
  const text = Buffer.from(await log.text(id('Model', 'scorer'), { since: 5 }));
  const chosen = bits(text.length);
  const missed = chosen.flatMap((bit) => {
    const { outcome, problems } = verifyEvidence(flipped(text, bit).toString('utf8'), { key: log.key });
    const isFound = outcome === 'ALTERED' || outcome === 'UNREADABLE';
    return isFound && (problems[0]?.part ?? '') !== '' ? [] : [`bit ${bit} of the evidence: ${outcome}`];
  });
  return { 'bits of an evidence file': { tried: chosen.length, missed } };
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

/** A verifier that checks the same signature of the same text once: a follower looks at one checkpoint thousands of times. */
function remembering(verifier: NoteVerifier): NoteVerifier {
  const known = new Map<string, boolean>();
  const verify = (text: Uint8Array, signature: Uint8Array): boolean => {
    const key = Buffer.concat([signature, text]).toString('base64');
    const isValid = known.get(key) ?? verifier.verify(text, signature);
    known.set(key, isValid);
    return isValid;
  };
  return { name: verifier.name, keyId: verifier.keyId, verify };
}
