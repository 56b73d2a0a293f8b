/**
 * Verifies an evidence file with nothing but the log's public key: canonical bytes → checkpoint → digests of what is
 * disclosed → inclusion → every edge backed by an entry → ancestry complete → the answer follows. Pure, and runs in
 * browsers.
 */
import { sha256 } from '../ledger/sha256.js';
import { base64, hex } from '@scure/base';
import { isPedigreeError } from '../domain/errors.js';
import { canonicalJson, type Json } from '../domain/json.js';
import { openCheckpoint, type OpenCheckpoint } from '../ledger/checkpoint.js';
import { leafHash, sameBytes } from '../ledger/merkle.js';
import { sharedRoot } from '../ledger/shared-proof.js';
import { parseVerifierKey, type NoteVerifier } from '../ledger/signed-note.js';
import { verifyConsistency } from '../ledger/verify-proof.js';
import { ancestryOf, answerOfEntries, namedEntry } from './ancestry.js';
import { compareAnswers } from './compare-answers.js';
import { decodeHash, parseEvidence, type EvidenceFile } from './evidence-file.js';
import { maskedValues } from './masked-values.js';
import { altered, openEntry, type OpenEntry } from './open-entry.js';
import type { Verdict, VerifiedCheckpoint } from './verdict.js';

export interface VerifyOptions {
  /** The log's public key, "<name>+<id>+<base64>" (C2SP signed-note), got in another way than the file. */
  readonly key: string;
  /** A signed checkpoint of the same log that the reader has kept: an older one is then refused, and another history. */
  readonly seen?: string;
}

/**
 * The verdict on an evidence file. Throws `BAD_INPUT` and `BAD_NOTE` for a key or a seen checkpoint that is none; what is
 * wrong with the file is in the verdict.
 *
 * @example verifyEvidence(await readFile('evidence.json', 'utf8'), { key }).outcome === 'VERIFIED'
 */
export function verifyEvidence(text: string, { key, seen }: VerifyOptions): Verdict {
  const verifier = parseVerifierKey(key);
  const last = seen === undefined ? undefined : openCheckpoint(seen, verifier);
  try {
    return judge(parseEvidence(text), verifier, last);
  } catch (error) {
    if (!isPedigreeError(error)) throw error;
    const part = typeof error.details.part === 'string' ? error.details.part : 'the file';
    const message = error.message.startsWith(`${part}: `)
      ? error.message.slice(part.length + 2)
      : error.message;
    const outcome = error.code === 'EVIDENCE_UNREADABLE' ? 'UNREADABLE' : 'ALTERED';
    return { ...NOTHING, outcome, problems: [{ part, message }] };
  }
}

const NOTHING = {
  problems: [],
  missing: [],
  withheld: [],
  masked: [],
  asserted: [],
  unproved: [],
} as const;

function judge(file: EvidenceFile, verifier: NoteVerifier, seen: OpenCheckpoint | undefined): Verdict {
  const checkpoint = inPart('checkpoint', () => openCheckpoint(file.checkpoint, verifier));
  const link = inPart('checkpoint', () => {
    requireNewer(checkpoint, seen);
    return linkOf(file, checkpoint, seen);
  });
  const entries = openEntries(file, checkpoint.size);
  requireInclusion(file, checkpoint);
  requireOneEntryPerId(entries);
  requireParents(entries);
  requireAnswer(file, entries);
  const { question, surrogates } = file;
  const gaps = gapsOf(file, entries);
  const masked = maskedValues(file, entries);
  return {
    outcome: gaps.isComplete ? 'VERIFIED' : 'INCOMPLETE',
    problems: [],
    question,
    checkpoint: toVerified(checkpoint, link),
    proved: {
      entries: entries.length,
      artifacts: file.answer.artifacts.length - gaps.missing.length,
      edges: file.answer.edges.length,
      attestations: file.answer.attestations.length,
      values: entries.reduce((sum, { values }) => sum + values.size, 0),
      recordedUpTo: entries.at(-1)?.at ?? 0,
    },
    missing: gaps.missing,
    withheld: gaps.withheld,
    masked,
    asserted: surrogates,
    unproved: [...unprovedBy(link, seen), ...(question.ask === 'entries' ? [SAID_OF_ENTRIES] : [])],
  };
}

/** Errors of the ledger say what is wrong; here it is said in which part of the file. */
function inPart<T>(part: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!isPedigreeError(error) || typeof error.details.part === 'string') throw error;
    throw altered(part, error.message);
  }
}

function requireNewer(checkpoint: OpenCheckpoint, seen: OpenCheckpoint | undefined): void {
  if (!seen) return;
  if (checkpoint.size < seen.size) {
    throw altered(
      'checkpoint',
      `a tree of at least the ${String(seen.size)} entries that were seen before is required, but it has ${String(checkpoint.size)}: an old head was replayed`,
    );
  }
  if (checkpoint.size === seen.size && !sameBytes(checkpoint.root, seen.root))
    throw altered(
      'checkpoint',
      'it has another root than the one of this size that was seen before: two histories',
    );
}

/** The size of the seen tree, if this one is it or was proved to extend it. */
function linkOf(
  { consistency }: EvidenceFile,
  checkpoint: OpenCheckpoint,
  seen: OpenCheckpoint | undefined,
): number | undefined {
  if (consistency) {
    const earlier = { size: consistency.from, root: decodeHash('consistency.root', consistency.root) };
    const proof = consistency.hashes.map((hash, i) => decodeHash(`consistency.hashes[${String(i)}]`, hash));
    inPart('consistency', () => {
      verifyConsistency(earlier, checkpoint, proof);
    });
    if (seen?.size === earlier.size && !sameBytes(seen.root, earlier.root))
      throw altered(
        'consistency',
        'it begins at another tree than the one that was seen before: two histories',
      );
    if (seen?.size === earlier.size) return seen.size;
  }
  return seen?.size === checkpoint.size ? seen.size : undefined;
}

/** Entries in leaf order, each with what it discloses. */
function openEntries({ entries, question }: EvidenceFile, size: number): OpenEntry[] {
  if (question.asOf > size)
    throw altered(
      'question',
      `it asks as of ${String(question.asOf)}, beyond the checkpoint's ${String(size)} entries`,
    );
  return entries.map((entry, i) => {
    const after = entries[i - 1]?.index ?? -1;
    if (entry.index <= after || entry.index >= question.asOf)
      throw altered(`entry ${String(entry.index)}`, 'entries must ascend and lie below what was asked as of');
    return openEntry(entry);
  });
}

function requireInclusion({ entries, proof }: EvidenceFile, checkpoint: OpenCheckpoint): void {
  const encoder = new TextEncoder();
  const leaves = entries.map(({ index, leaf }) => ({ index, hash: leafHash(encoder.encode(leaf)) }));
  const hashes = proof.map((hash, i) => decodeHash(`proof[${String(i)}]`, hash));
  const root = inPart('proof', () => sharedRoot(leaves, checkpoint.size, hashes));
  if (!sameBytes(root, checkpoint.root))
    throw altered('proof', 'the entries are not those of the signed tree: the proof leads to another root');
}

function requireOneEntryPerId(entries: readonly OpenEntry[]): void {
  const first = new Map<string, number>();
  for (const { id, index } of entries) {
    const before = first.get(id);
    if (before !== undefined)
      throw altered(`entry ${String(index)}`, `${id} has two entries: the other is ${String(before)}`);
    first.set(id, index);
  }
}

/** A producer that knew its parent's digest has bound the edge to that very declaration. */
function requireParents(entries: readonly OpenEntry[]): void {
  const digests = new Map(entries.map(({ id, digest }) => [id, digest]));
  for (const { index, edges } of entries) {
    for (const { type, to, toDigest } of edges) {
      const digest = digests.get(to);
      if (toDigest !== undefined && digest !== undefined && digest !== toDigest)
        throw altered(
          `entry ${String(index)}`,
          `its ${type} ${to} was ${toDigest}, but the entry here is ${digest}`,
        );
    }
  }
}

function requireAnswer(
  { question, answer, surrogates, checksum }: EvidenceFile,
  entries: readonly OpenEntry[],
): void {
  const root = answer.artifacts[0]?.id;
  if (question.ask === 'ancestry' && root !== question.of)
    throw altered('question', `it asks about ${question.of}, but the answer is about ${root ?? 'nothing'}`);
  const made =
    question.ask === 'ancestry' ? ancestryOf(question.of, entries) : answerOfEntries(entries.map(namedEntry));
  const difference = compareAnswers(answer, made);
  if (difference) throw altered(difference.part, difference.message);
  const covered = canonicalJson({ answer, question, surrogates } as unknown as Json);
  if (hex.encode(sha256(new TextEncoder().encode(covered))) !== checksum)
    throw altered('checksum', 'question, answer, surrogates or the checksum were changed');
}

interface Gaps extends Pick<Verdict, 'missing' | 'withheld'> {
  readonly isComplete: boolean;
}

/** What keeps the ancestry from being proved whole. */
function gapsOf({ answer, surrogates }: EvidenceFile, entries: readonly OpenEntry[]): Gaps {
  const missing = answer.artifacts
    .filter(({ leafIndex }) => leafIndex === undefined)
    .map(({ id }) => ({
      id,
      namedBy: [...new Set(answer.edges.filter(({ to }) => to === id).map(({ from }) => from))],
    }));
  const withheld = entries
    .filter(({ withheldEdges, withheldValues }) => withheldEdges !== 0 || withheldValues !== 0)
    .map(({ id, withheldEdges, withheldValues }) => ({
      id,
      values: withheldValues ?? null,
      edges: withheldEdges ?? null,
    }));
  for (const { id, of } of surrogates) {
    if (withheld.some((entry) => entry.id === of && entry.edges !== 0)) continue;
    throw altered('surrogates', `${id} stands for a cause of ${of}, which withholds none`);
  }
  const isWhole = withheld.every(({ edges }) => edges === 0) && entries.every(saysWhatItEnds);
  return { missing, withheld, isComplete: isWhole && missing.length === 0 };
}

/** The type of an attestation and what it withdraws are values: without them nobody knows which edges it ended. */
function saysWhatItEnds({ id, values, withheldValues }: OpenEntry): boolean {
  return !id.startsWith('attestation:') || (values.has('value/type') && withheldValues !== undefined);
}

function toVerified(checkpoint: OpenCheckpoint, link: number | undefined): VerifiedCheckpoint {
  return {
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: base64.encode(checkpoint.root),
    unchecked: checkpoint.unverified.map(({ name }) => name),
    ...(link === undefined ? {} : { extends: link }),
  };
}

const SAID_OF_ENTRIES =
  'what a report says of these entries: hold its statements against the values that are disclosed here';

/** Inclusion never proves absence (docs/evidence.md): said each time, so that nobody reads more into a verdict. */
function unprovedBy(link: number | undefined, seen: OpenCheckpoint | undefined): string[] {
  return [
    'not replayed: that the log has no other entry about these artifacts (an incident, a correction, a second entry for an id) is not proved; pedigree fsck replays it',
    'the times of entries are the server’s word, bounded by the checkpoints that others have seen',
    ...(link === undefined
      ? [
          seen
            ? `that this tree extends the checkpoint of ${String(seen.size)} entries that was seen before: pedigree follow proves it, or a file made with since=${String(seen.size)}`
            : 'that everybody is shown the same log: compare the checkpoint with one that others have seen (--seen)',
        ]
      : []),
  ];
}
