/** A log and its evidence files without a server: an honest one, and the ways in which one can lie. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

import { parseDeclaration } from '../../src/capture/parse-declaration.js';
import { canonicalJson, type Json } from '../../src/domain/json.js';
import { signCheckpoint } from '../../src/ledger/checkpoint.js';
import { discloseEntry, type Disclosing } from '../../src/ledger/disclose.js';
import { leafHash } from '../../src/ledger/merkle.js';
import { membersOf } from '../../src/ledger/members.js';
import { proveConsistency, treeRoot } from '../../src/ledger/proof.js';
import { proveShared } from '../../src/ledger/shared-proof.js';
import { formatVerifierKey, type NoteSigner } from '../../src/ledger/signed-note.js';
import { ancestryOf, answerOfEntries, namedEntry } from '../../src/verify/ancestry.js';
import {
  EVIDENCE_FORMAT,
  MASKED_EVIDENCE_FORMAT,
  formatEvidence,
  type EvidenceEntry,
  type EvidenceFile,
  type MaskedMember,
} from '../../src/verify/evidence-file.js';
import { openEntry } from '../../src/verify/open-entry.js';
import { subtreesOf } from './merkle-tree.js';

const ALL: Disclosing = { value: () => true, edge: () => true, by: true };
const K_LOG = createHash('sha256').update('K_log').digest();

/** A signing key made from a word. */
export function signerOf(word: string, name = 'log.example/lineage'): NoteSigner {
  const seed = createHash('sha256').update(word).digest();
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return { name, publicKey: Buffer.from(x, 'base64url'), sign: (text) => sign(null, text, key) };
}

export interface FileOptions {
  /** Size of the signed tree; all entries if left out. */
  readonly size?: number;
  readonly asOf?: number;
  readonly since?: number;
  readonly may?: Disclosing;
  /** Entries that are left out, by id. */
  readonly without?: readonly string[];
  readonly surrogates?: EvidenceFile['surrogates'];
}

export class EvidenceDouble {
  readonly key: string;
  /** The leaves, by index. */
  readonly leaves: readonly Uint8Array[];

  constructor(
    private readonly declarations: readonly unknown[],
    private readonly signer: NoteSigner = signerOf('honest'),
  ) {
    this.key = formatVerifierKey(signer);
    this.leaves = declarations.map((_, i) => leafHash(Buffer.from(this.entry(i).leaf)));
  }

  /** The signed checkpoint of the first entries. */
  async checkpoint(size = this.leaves.length): Promise<string> {
    return signCheckpoint({ size, root: await treeRoot(subtreesOf(this.leaves), size) }, this.signer);
  }

  /** An entry with everything disclosed. */
  entryAt(index: number): EvidenceEntry {
    return { index, ...this.entry(index) };
  }

  async sharedProof(indexes: readonly number[], size = this.leaves.length): Promise<string[]> {
    return (await proveShared(subtreesOf(this.leaves), indexes, size)).map(toBase64);
  }

  async file(of: string, options: FileOptions = {}): Promise<EvidenceFile> {
    const {
      size = this.leaves.length,
      asOf = size,
      since,
      may = ALL,
      without = [],
      surrogates = [],
    } = options;
    const known = this.declarations.slice(0, asOf).map((_, i) => ({ index: i, ...this.entry(i, may) }));
    const opened = known.map((entry) => openEntry(entry)).filter(({ id }) => !without.includes(id));
    const answer = ancestryOf(of, opened);
    const used = new Set([
      ...answer.artifacts.map(({ leafIndex }) => leafIndex),
      ...[...answer.edges, ...answer.attestations].map(({ leafIndex }) => leafIndex),
    ]);
    const indexes = opened
      .map(({ index }) => index)
      .filter((index) => used.has(index) || this.endsSomething(index));
    const question = { ask: 'ancestry', of, asOf } as const;
    return {
      format: EVIDENCE_FORMAT,
      question,
      answer,
      surrogates,
      checksum: checksumOf({ answer, question, surrogates }),
      entries: indexes.map((index) => known[index] as EvidenceEntry),
      proof: await this.sharedProof(indexes, size),
      checkpoint: await this.checkpoint(size),
      ...(since === undefined
        ? {}
        : {
            consistency: {
              from: since,
              root: toBase64(await treeRoot(subtreesOf(this.leaves), since)),
              hashes: (await proveConsistency(subtreesOf(this.leaves), since, size)).map(toBase64),
            },
          }),
    };
  }

  /** Entries by themselves, as those that a report names. */
  async entriesFile(ids: readonly string[], may = ALL): Promise<EvidenceFile> {
    const indexes = this.declarations.flatMap((one, i) =>
      ids.includes((one as { id: string }).id) ? [i] : [],
    );
    const entries = indexes.map((index) => ({ index, ...this.entry(index, may) }));
    const answer = answerOfEntries(entries.map((entry) => namedEntry(openEntry(entry))));
    const asOf = (indexes.at(-1) ?? 0) + 1;
    const question = { ask: 'entries', of: 'report TECHNICAL_FILE of model:test/scorer@1', asOf } as const;
    return {
      ...{ format: EVIDENCE_FORMAT, question, answer, surrogates: [], entries },
      checksum: checksumOf({ answer, question, surrogates: [] }),
      proof: await this.sharedProof(indexes),
      checkpoint: await this.checkpoint(),
    };
  }

  async text(of: string, options: FileOptions = {}): Promise<string> {
    return formatEvidence(await this.file(of, options));
  }

  private entry(index: number, may = ALL): Omit<EvidenceEntry, 'index'> {
    const declaration = parseDeclaration(this.declarations[index]);
    const keys = {
      k: 1,
      logKey: K_LOG,
      subjectKey: (subject: string) => createHash('sha256').update(subject).digest(),
    };
    const declared = { by: 'producer', at: 1_700_000_000_000 + index };
    return discloseEntry(declaration.id, membersOf(declaration), declared, keys, may);
  }

  private endsSomething(index: number): boolean {
    const { kind, fields, withdraws } = parseDeclaration(this.declarations[index]);
    return kind === 'Attestation' && (withdraws.length > 0 || fields.type === 'RESOLVED');
  }
}

/** The guard of the parts that nothing proves; a liar keeps it right. */
export function checksumOf({
  answer,
  question,
  surrogates,
}: Pick<EvidenceFile, 'answer' | 'question' | 'surrogates'>): string {
  const covered = { answer, question, surrogates };
  return createHash('sha256')
    .update(canonicalJson(covered as unknown as Json))
    .digest('hex');
}

/** Digest of the redaction profile that masked files name. */
export const MASKED_BY = 'ab'.repeat(32);

/** The file with masked values in the entries at some indexes; a liar keeps their guard right, too. */
export function withMasked(
  file: EvidenceFile,
  said: Readonly<Record<number, readonly MaskedMember[]>>,
): EvidenceFile {
  const entries = file.entries.map((entry) => {
    const masked = said[entry.index];
    return masked ? { ...entry, masked } : entry;
  });
  const masked = file.entries.flatMap(({ index }) => (said[index] ? [{ index, masked: said[index] }] : []));
  const covered = canonicalJson({ masked, profile: MASKED_BY } as unknown as Json);
  const checksum = createHash('sha256').update(covered).digest('hex');
  return { ...file, format: MASKED_EVIDENCE_FORMAT, entries, masking: { profile: MASKED_BY, checksum } };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
