/**
 * Evidence files (docs/evidence.md): an ancestry with everything that proves it. Entries are read and disclosed a page at
 * a time, so that a large file costs the server its ids and its proof, not its values.
 */
import { hash } from 'node:crypto';
import { PedigreeError, required } from '../../domain/errors.js';
import { canonicalJson, type Json } from '../../domain/json.js';
import { parseUrn } from '../../domain/urn.js';
import { discloseEntry, type DisclosedEntry, type Disclosing } from '../../ledger/disclose.js';
import type { Member } from '../../ledger/members.js';
import { leafHash, sameBytes } from '../../ledger/merkle.js';
import { sharedRoot, type PlacedLeaf } from '../../ledger/shared-proof.js';
import type { Database } from '../../store/database.js';
import { EvidenceReader } from '../../store/evidence-reader.js';
import type { SignedHead } from '../../store/keys/head-store.js';
import type { KeysByName, KeyStore } from '../../store/keys/key-store.js';
import type { LogReader } from '../../store/log-reader.js';
import { KeyGone, storedMembers } from '../../store/stored-entry.js';
import { StoredEntryReader, type LabelledEntry } from '../../store/stored-entry-reader.js';
import { kidsOf } from '../../store/stored-values.js';
import { resolveAsOf, type AsOfInput } from '../../lineage/as-of.js';
import type {
  AnswerArtifact,
  EvidenceConsistency,
  EvidenceEntry,
  EvidenceFile,
  MaskedMember,
  Surrogate,
} from '../../verify/evidence-file.js';
import {
  readClosure,
  readNamed,
  type ClosureSource,
  type EvidenceClosure,
  type NamedLeaf,
} from './closure.js';
import { formatOf, MaskingSum } from './masking-sum.js';

/** Who gets the entries, and what of them. */
type Discloser = Pick<EvidenceArgs, 'personal' | 'looked' | 'scope'>;

export interface EvidenceArgs {
  readonly of: string;
  readonly asOf?: AsOfInput | null | undefined;
  /** Size of an earlier checkpoint: the file then proves that its own extends that one. */
  readonly since?: number | undefined;
  /** True if personal values may be disclosed. */
  readonly personal: boolean;
  /** Told whose personal values are disclosed or shown masked, how many, and the names of their keys. */
  readonly looked: (id: string, values: number, kids: ReadonlySet<string>) => void;
  /** Most entries; beyond it `EVIDENCE_TOO_LARGE`. */
  readonly maxEntries: number;
  /** What a grant lets its holder have; left out for everybody else. */
  readonly scope?: EvidenceScope | undefined;
}

/** Entries that somebody names, and for whom. */
export interface EntriesArgs extends Omit<Discloser, 'scope'> {
  /** What they belong to, in words: it stands in the file. */
  readonly of: string;
  /** In any order, each once. */
  readonly entries: readonly NamedLeaf[];
  readonly maxEntries: number;
}

/** A question with its answer, and the entries that the answer rests on. */
interface Asked extends EvidenceClosure, Pick<EvidenceFile, 'question' | 'surrogates'> {}

/** The part of an ancestry that may be disclosed. */
export interface EvidenceScope extends ClosureSource {
  /** The grant's own point. Error: `BAD_INPUT` for another. */
  asOf(point: AsOfInput | null | undefined): Promise<number>;
  /** What stands for hidden causes of these artifacts. */
  surrogates(members: readonly AnswerArtifact[]): Promise<readonly Surrogate[]>;
  /** True if an edge of the entry with this leaf index may be disclosed. */
  mayHaveEdge(owner: string, index: number, edge: Member): boolean;
  mayHaveValue(owner: string, value: Member): boolean;
  /** Digest of the redaction profile by which values are masked; left out where there is none. */
  readonly profile?: string | undefined;
  /** What the profile leaves of those of some values of an entry that it masks. */
  masked(owner: string, withheld: readonly Member[]): Promise<readonly MaskedMember[]>;
}

/** A file in the order in which it is written. Everything that can fail for a bad question has happened before. */
export interface EvidenceParts {
  /** Size of the signed tree. */
  readonly treeSize: number;
  readonly entryCount: number;
  readonly head: Pick<EvidenceFile, 'answer' | 'checkpoint' | 'checksum' | 'consistency'>;
  readonly entries: AsyncIterable<readonly EvidenceEntry[]>;
  /** After the last entry. */
  readonly tail: () => Promise<
    Pick<EvidenceFile, 'format' | 'masking' | 'proof' | 'question' | 'surrogates'>
  >;
}

/** What was disclosed so far, which the end of the file is made of. */
interface Told {
  readonly leaves: PlacedLeaf[];
  readonly masked: MaskingSum;
}

/** Entries that are read at once. */
const PAGE = 500;
/** Longest that is waited until what is committed is signed, in milliseconds, and how often it is looked. */
const SIGNING_MS = 5_000;
const LOOK_MS = 25;

interface EntryKeys {
  readonly keys: KeysByName;
  /** Those that open nothing for readers, although entries are made with them. */
  readonly restricted: ReadonlySet<string>;
}

export class EvidenceService {
  private readonly stored: StoredEntryReader;

  constructor(
    private readonly database: Database,
    private readonly keyStore: KeyStore,
    private readonly log: LogReader,
  ) {
    this.stored = new StoredEntryReader(database);
  }

  /**
   * Evidence for the ancestry of an artifact, as of a point up to the last signed head.
   * Errors: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`, `EVIDENCE_TOO_LARGE`.
   */
  async evidence({ of, asOf: point, since, maxEntries, ...reader }: EvidenceArgs): Promise<EvidenceParts> {
    parseUrn(of);
    const { scope } = reader;
    const asOf = await (scope ? scope.asOf(point) : resolveAsOf(point, this.database));
    const head = await this.signedUpTo(asOf);
    const question = { ask: 'ancestry', of, asOf: Math.min(asOf, head.size) } as const;
    const closure = scope ?? new EvidenceReader(this.database);
    const found = await readClosure(closure, this.stored, question, maxEntries);
    const surrogates = (await scope?.surrogates(found.answer.artifacts)) ?? [];
    const parts = this.parts({ question, surrogates, ...found }, head, reader);
    if (since === undefined) return parts;
    const consistency = await this.consistency(since, head.size);
    return { ...parts, head: { ...parts.head, consistency } };
  }

  /**
   * Evidence for entries by themselves, by id and leaf index. Errors: `EVIDENCE_TOO_LARGE`, and `OVERLOADED` if the newest
   * of them is not signed yet.
   */
  async ofEntries({ of, entries: named, maxEntries, ...reader }: EntriesArgs): Promise<EvidenceParts> {
    const asOf = named.reduce((size, { leafIndex }) => Math.max(size, leafIndex + 1), 0);
    const found = await readNamed(this.stored, named, maxEntries);
    const head = await this.signedUpTo(asOf);
    if (head.size < asOf)
      throw new PedigreeError('OVERLOADED', 'what was just declared is not signed yet: try again');
    const question = { ask: 'entries', of, asOf } as const;
    return this.parts({ question, surrogates: [], ...found }, head, reader);
  }

  private parts(
    { question, answer, surrogates, entries }: Asked,
    head: SignedHead,
    reader: Discloser,
  ): EvidenceParts {
    const { scope } = reader;
    const covered = canonicalJson({ answer, question, surrogates } as unknown as Json);
    const told: Told = { leaves: [], masked: new MaskingSum(scope?.profile) };
    return {
      treeSize: head.size,
      entryCount: entries.length,
      head: {
        answer,
        checkpoint: head.note,
        checksum: hash('sha256', covered, 'hex'),
      },
      entries: this.disclose(entries, reader, told),
      tail: async () => ({
        ...formatOf(told.masked),
        proof: await this.prove(told.leaves, head),
        question,
        surrogates,
      }),
    };
  }

  /** The last signed head once it covers a size; entries are signed within a second of their commit. */
  private async signedUpTo(size: number): Promise<SignedHead> {
    const patience = Date.now() + SIGNING_MS;
    for (;;) {
      const head = await this.log.head();
      if (head.size >= size || Date.now() > patience) return head;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  private async consistency(from: number, size: number): Promise<EvidenceConsistency> {
    if (!Number.isSafeInteger(from) || from < 1 || from > size) {
      throw new PedigreeError(
        'BAD_INPUT',
        required(`since must be a tree size from 1 to ${String(size)}`, from),
      );
    }
    const { fromRoot, hashes } = await this.log.consistency(from, size);
    return { from, root: toBase64(fromRoot), hashes: hashes.map(toBase64) };
  }

  private async *disclose(
    entries: readonly (readonly [number, string])[],
    reader: Discloser,
    told: Told,
  ): AsyncGenerator<readonly EvidenceEntry[]> {
    for (let i = 0; i < entries.length; i += PAGE) {
      const page = entries.slice(i, i + PAGE);
      const stored = await this.stored.entries(page.map(([, id]) => id));
      const kids = kidsOf([...stored.values()].map(({ props }) => props));
      const keys = await this.keyStore.keysOf(kids);
      const restricted = await this.keyStore.restrictedOf(kids);
      const disclosed = page.map(async ([index, id]): Promise<EvidenceEntry> => {
        const entry = stored.get(id);
        if (!entry) throw diverged(index, id);
        return { index, ...(await this.open(entry, index, { keys, restricted }, reader)) };
      });
      const ready = await Promise.all(disclosed);
      for (const entry of ready) {
        told.leaves.push({ index: entry.index, hash: leafHash(Buffer.from(entry.leaf)) });
        told.masked.add(entry);
      }
      yield ready;
    }
  }

  private async open(
    entry: LabelledEntry,
    index: number,
    { keys, restricted }: EntryKeys,
    { personal, looked, scope }: Discloser,
  ): Promise<Omit<EvidenceEntry, 'index'>> {
    const { id } = entry;
    const shown: Member[] = [];
    const withheld: Member[] = [];
    const value = (member: Member): boolean => {
      const { subject } = member;
      if (subject !== undefined && (!personal || restricted.has(subject))) return false;
      const may = scope?.mayHaveValue(id, member) !== false;
      (may ? shown : withheld).push(member);
      return may;
    };
    const edge = (member: Member): boolean => scope?.mayHaveEdge(id, index, member) !== false;
    const disclosed = this.disclosed(entry, keys, { value, edge, by: true });
    const masked = (await scope?.masked(id, withheld)) ?? [];
    const paths = new Set(masked.map(({ path }) => path));
    const seen = [...shown, ...withheld.filter(({ path }) => paths.has(path))];
    const subjects = seen.flatMap(({ subject }) => subject ?? []);
    if (subjects.length > 0) looked(id, subjects.length, new Set(subjects));
    return { ...disclosed, ...(masked.length > 0 ? { masked } : {}) };
  }

  private disclosed(entry: LabelledEntry, keys: KeysByName, may: Disclosing): DisclosedEntry {
    const { id, props } = entry;
    const k = props.k as number;
    try {
      return discloseEntry(
        id,
        storedMembers(entry, keys),
        { by: props.by as string, at: props.recordedAt as number },
        { k, logKey: this.keyStore.logKey(k), subjectKey: (kid) => keys.get(kid) as Uint8Array },
        may,
      );
    } catch (error) {
      if (!(error instanceof KeyGone)) throw error;
      throw new PedigreeError('OVERLOADED', `${id} is being erased: try again`, {}, error);
    }
  }

  /** A file that would not verify is never given out. */
  private async prove(leaves: readonly PlacedLeaf[], head: SignedHead): Promise<string[]> {
    const proof = await this.log.sharedInclusion(
      leaves.map(({ index }) => index),
      head.size,
    );
    const root = sharedRoot(leaves, head.size, proof);
    if (!sameBytes(root, Buffer.from(head.root, 'base64'))) throw diverged();
    return proof.map(toBase64);
  }
}

function diverged(index?: number, id?: string): PedigreeError {
  const which = index === undefined ? 'an entry' : `entry ${String(index)} (${id ?? ''})`;
  return new PedigreeError(
    'LOG_DIVERGED',
    `${which} cannot be made again from the graph as the log has signed it: pedigree fsck says what differs`,
  );
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
