/**
 * The key store of a host: an LMDB index (crash-safe, shared by the host's servers, one writer at a time) from names to
 * slots, and the slots themselves in a file that can be overwritten in place. The index holds no key.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database as Lmdb, type RootDatabase } from 'lmdb';
import { PedigreeError } from '../../domain/errors.js';
import { subjectIndex } from '../../ledger/keys.js';
import type { Generation, KeysByName, KeyStore, SubjectKey } from './key-store.js';
import { unlessDiskFull } from './disk-full.js';
import {
  DESTROYED,
  nextRecord,
  OWN_SLOTS,
  serialOf,
  slotOf,
  stateOf,
  type KidRecord,
  type SubjectRecord,
} from './key-records.js';
import { SlotFile } from './slot-file.js';
import { SubjectCache } from './subject-cache.js';

/** How often a server that is not asked for keys looks whether it has to drop some from memory, in milliseconds. */
const LOOK_EVERY = 1_000;
/** Random bytes of a key's name. */
const KID_BYTES = 12;

export class EmbeddedKeyStore implements KeyStore {
  readonly id: string;
  readonly currentLogKey = 1;
  private readonly root: RootDatabase<unknown, string>;
  private readonly subjects: Lmdb<SubjectRecord, string>;
  private readonly kids: Lmdb<KidRecord, string>;
  /** Slots still to be overwritten, by the name of the key that was in them. */
  private readonly wiping: Lmdb<number, string>;
  private readonly slots: SlotFile;
  private readonly logKeys: ReadonlyMap<number, Buffer>;
  private readonly indexKey: Buffer;
  private readonly cache = new SubjectCache();
  private readonly looking: NodeJS.Timeout;

  /** Opens the store in a folder, and makes it if it is not there. Error: `KEY_LOST` without its log key. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    this.root = open({ path: join(folder, 'index'), maxDbs: 4, encoding: 'json', overlappingSync: false });
    this.subjects = this.root.openDB({ name: 'subjects', encoding: 'json' });
    this.kids = this.root.openDB({ name: 'kids', encoding: 'json' });
    this.wiping = this.root.openDB({ name: 'wiping', encoding: 'json' });
    this.slots = new SlotFile(join(folder, 'keys.bin'));
    this.id = unlessDiskFull(folder, () => this.root.transactionSync(() => this.identity()));
    this.logKeys = new Map([[1, this.ownKey(0, 'the log key')]]);
    this.indexKey = this.ownKey(1, 'the key of its index');
    this.wipe();
    this.looking = setInterval(() => {
      this.dropStale();
    }, LOOK_EVERY).unref();
  }

  logKey(version: number): Uint8Array {
    const key = this.logKeys.get(version);
    if (!key) throw lost(`the log key of version ${String(version)}`);
    return key;
  }

  subjectKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>> {
    return attempt(() => {
      this.dropStale();
      const keys = new Map<string, SubjectKey>();
      const unknown = new Set<string>();
      for (const subject of subjects) {
        const key = this.cache.get(subject) ?? this.load(subject, this.subjects.get(this.indexOf(subject)));
        if (key) keys.set(subject, key);
        else unknown.add(subject);
      }
      for (const [subject, key] of unknown.size > 0 ? this.create(unknown) : []) keys.set(subject, key);
      return keys;
    });
  }

  keysOf(kids: readonly string[]): Promise<KeysByName> {
    return attempt(() => {
      this.root.resetReadTxn();
      return new Map(
        kids.flatMap((kid): [string, Uint8Array | 'DESTROYED'][] => {
          const record = this.kids.get(kid);
          if (record === DESTROYED) return [[kid, DESTROYED]];
          const key = record === undefined ? undefined : this.slots.read(slotOf(record));
          return key ? [[kid, key]] : [];
        }),
      );
    });
  }

  generationsOf(subject: string): Promise<readonly Generation[]> {
    return attempt(() => {
      this.root.resetReadTxn();
      const record = this.subjects.get(this.indexOf(subject));
      if (!record) return [];
      const kids = [...(record.earlier ?? []), record.kid];
      const first = record.generation - kids.length + 1;
      return kids.map((kid, i) => ({ kid, generation: first + i, state: stateOf(this.kids.get(kid)) }));
    });
  }

  retire(kids: readonly string[]): Promise<void> {
    return attempt(() => {
      this.root.transactionSync(() => {
        for (const kid of kids) {
          const slot = this.kids.get(kid);
          if (typeof slot === 'number') this.kids.putSync(kid, { retired: slot });
        }
        this.countChange();
      });
    });
  }

  restrict(kids: readonly string[]): Promise<void> {
    return attempt(() => {
      this.root.transactionSync(() => {
        for (const kid of kids) {
          const record = this.kids.get(kid);
          if (record === undefined || record === DESTROYED) continue;
          this.kids.putSync(kid, { retired: slotOf(record), restricted: true });
        }
        this.countChange();
      });
    });
  }

  restrictedOf(kids: readonly string[]): Promise<ReadonlySet<string>> {
    return attempt(() => {
      this.root.resetReadTxn();
      return new Set(
        kids.filter((kid) => {
          const record = this.kids.get(kid);
          return typeof record === 'object' && record.restricted === true;
        }),
      );
    });
  }

  destroy(kids: readonly string[]): Promise<void> {
    return attempt(() => {
      this.root.transactionSync(() => {
        for (const kid of kids) {
          const record = this.kids.get(kid);
          if (record !== undefined && record !== DESTROYED) this.wiping.putSync(kid, slotOf(record));
          this.kids.putSync(kid, DESTROYED);
        }
        this.countChange();
      });
      this.wipe();
    });
  }

  serialsOf(kids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return attempt(() => {
      this.root.resetReadTxn();
      return new Map(
        kids.flatMap((kid): [string, number][] => {
          const record = this.kids.get(kid);
          return record === undefined || record === DESTROYED ? [] : [[kid, serialOf(slotOf(record))]];
        }),
      );
    });
  }

  lastSerial(): Promise<number> {
    return attempt(() => {
      this.root.resetReadTxn();
      const made = (this.root.get('slots') as number | undefined) ?? OWN_SLOTS;
      return Math.min(made, this.slots.count) - OWN_SLOTS;
    });
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    await this.root.close();
    this.slots.close();
  }

  private dropStale(): void {
    this.root.resetReadTxn();
    this.cache.validate((this.root.get('changes') as number | undefined) ?? 0);
  }

  /** The subject's current key; undefined if it has none, or none any more. */
  private load(subject: string, record: SubjectRecord | undefined): SubjectKey | undefined {
    if (!record || typeof this.kids.get(record.kid) !== 'number') return undefined;
    const key = this.slots.read(record.slot);
    if (!key) throw lost('a key that the store’s index names');
    const { kid, generation, slot } = record;
    return this.cache.remember(subject, { kid, generation, serial: serialOf(slot), key });
  }

  /**
   * Makes keys, and remembers them only once they are durable: one remembered from a transaction that failed would seal
   * values that nobody can open after a restart. Error: `DISK_FULL`.
   */
  private create(subjects: Iterable<string>): Map<string, SubjectKey> {
    const keys = unlessDiskFull(this.folder, () =>
      this.root.transactionSync(() => this.createMissing(subjects)),
    );
    for (const [subject, key] of keys) this.cache.remember(subject, key);
    return keys;
  }

  /** The keys that still are missing once the write lock is held: another server may have been faster. */
  private createMissing(subjects: Iterable<string>): Map<string, SubjectKey> {
    const keys = new Map<string, SubjectKey>();
    const missing: { readonly subject: string; readonly index: string; readonly last?: SubjectRecord }[] = [];
    for (const subject of subjects) {
      const index = this.indexOf(subject);
      const last = this.subjects.get(index);
      const key = this.load(subject, last);
      if (key) keys.set(subject, key);
      else missing.push({ subject, index, ...(last ? { last } : {}) });
    }
    const first = this.takeSlots(missing.length);
    const names = randomBytes(missing.length * KID_BYTES);
    this.slots.fill(first, missing.length).forEach((key, i) => {
      const { subject, index, last } = missing[i] as (typeof missing)[number];
      const kid = names.toString('base64url', i * KID_BYTES, (i + 1) * KID_BYTES);
      const record = nextRecord(kid, first + i, last);
      this.subjects.putSync(index, record);
      this.kids.putSync(kid, record.slot);
      keys.set(subject, { kid, generation: record.generation, serial: serialOf(record.slot), key });
    });
    return keys;
  }

  private indexOf(subject: string): string {
    return subjectIndex(this.indexKey, subject);
  }

  /** Overwrites the slots of keys that are destroyed; whatever a crash has left is done when the store is opened. */
  private wipe(): void {
    const waiting = [...this.wiping.getRange()];
    if (waiting.length === 0) return;
    this.slots.wipe(waiting.map(({ value }) => value));
    this.root.transactionSync(() => {
      for (const { key } of waiting) this.wiping.removeSync(key);
    });
  }

  private countChange(): void {
    this.root.putSync('changes', ((this.root.get('changes') as number | undefined) ?? 0) + 1);
  }

  /** The store's id; the first caller makes it, with the log key in slot 0 and the index key in slot 1. */
  private identity(): string {
    const known = this.root.get('id') as string | undefined;
    if (known !== undefined) return known;
    this.slots.fill(this.takeSlots(OWN_SLOTS), OWN_SLOTS);
    const id = randomBytes(16).toString('hex');
    this.root.putSync('id', id);
    return id;
  }

  private ownKey(slot: number, name: string): Buffer {
    const key = this.slots.read(slot);
    if (!key) throw lost(name);
    return key;
  }

  private takeSlots(count: number): number {
    const next = (this.root.get('slots') as number | undefined) ?? 0;
    this.root.putSync('slots', next + count);
    return next;
  }
}

/** What a store on this host does at once, behind the interface of one that does not. */
function attempt<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

function lost(what: string): PedigreeError {
  return new PedigreeError('KEY_LOST', `${what} must be in the key store, but is not`);
}
