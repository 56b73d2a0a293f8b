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
import type { Generation, GenerationState, KeysByName, KeyStore, SubjectKey } from './key-store.js';
import { unlessDiskFull } from './disk-full.js';
import { SlotFile } from './slot-file.js';
import { SubjectCache } from './subject-cache.js';

/** The newest key of a subject, and the names of those before it, oldest first. */
interface SubjectRecord {
  readonly kid: string;
  readonly generation: number;
  readonly slot: number;
  readonly earlier?: readonly string[];
}

const DESTROYED = 'DESTROYED';
/** What is known of a key by its name: the slot of a current one, that of a retired one, or that it is no more. */
type KidRecord = number | { readonly retired: number; readonly restricted?: true } | typeof DESTROYED;

/** How often a server that is not asked for keys looks whether it has to drop some from memory, in milliseconds. */
const LOOK_EVERY = 1_000;
/** Slots of the log key and of the index key. */
const OWN_SLOTS = 2;

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
      const unknown: string[] = [];
      for (const subject of subjects) {
        const key = this.cache.get(subject) ?? this.load(subject);
        if (key) keys.set(subject, key);
        else if (!unknown.includes(subject)) unknown.push(subject);
      }
      for (const [subject, key] of unknown.length > 0 ? this.create(unknown) : []) keys.set(subject, key);
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
      const record = this.subjects.get(subjectIndex(this.indexKey, subject));
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
  private load(subject: string): SubjectKey | undefined {
    const record = this.subjects.get(subjectIndex(this.indexKey, subject));
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
  private create(subjects: readonly string[]): Map<string, SubjectKey> {
    const keys = unlessDiskFull(this.folder, () =>
      this.root.transactionSync(() => this.createMissing(subjects)),
    );
    for (const [subject, key] of keys) this.cache.remember(subject, key);
    return keys;
  }

  /** The keys that still are missing once the write lock is held: another server may have been faster. */
  private createMissing(subjects: readonly string[]): Map<string, SubjectKey> {
    const keys = new Map<string, SubjectKey>();
    const missing = subjects.filter((subject) => {
      const key = this.load(subject);
      if (key) keys.set(subject, key);
      return !key;
    });
    const first = this.takeSlots(missing.length);
    this.slots.fill(first, missing.length).forEach((key, i) => {
      const subject = missing[i] as string;
      const record = this.nextRecord(subject, first + i);
      const { kid, generation, slot } = record;
      this.subjects.putSync(subjectIndex(this.indexKey, subject), record);
      this.kids.putSync(kid, slot);
      keys.set(subject, { kid, generation, serial: serialOf(slot), key });
    });
    return keys;
  }

  private nextRecord(subject: string, slot: number): SubjectRecord {
    const kid = randomBytes(12).toString('base64url');
    const last = this.subjects.get(subjectIndex(this.indexKey, subject));
    if (!last) return { kid, generation: 1, slot };
    return { kid, generation: last.generation + 1, slot, earlier: [...(last.earlier ?? []), last.kid] };
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

function serialOf(slot: number): number {
  return slot - OWN_SLOTS + 1;
}

function slotOf(record: Exclude<KidRecord, typeof DESTROYED>): number {
  return typeof record === 'number' ? record : record.retired;
}

function stateOf(record: KidRecord | undefined): GenerationState {
  if (typeof record === 'number') return 'CURRENT';
  return typeof record === 'object' ? 'RETIRED' : 'DESTROYED';
}
