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
import type { KeyStore, SubjectKey } from './key-store.js';
import { SlotFile } from './slot-file.js';

interface SubjectRecord {
  readonly kid: string;
  readonly generation: number;
  readonly slot: number;
}

/** Most subjects whose keys are kept in memory. */
const CACHE_SIZE = 100_000;
const ID_SLOT = 'id';

export class EmbeddedKeyStore implements KeyStore {
  readonly id: string;
  readonly currentLogKey = 1;
  private readonly root: RootDatabase<unknown, string>;
  private readonly subjects: Lmdb<SubjectRecord, string>;
  private readonly kids: Lmdb<number, string>;
  private readonly slots: SlotFile;
  private readonly logKeys: ReadonlyMap<number, Buffer>;
  private readonly indexKey: Buffer;
  private readonly cache = new Map<string, SubjectKey>();

  /** Opens the store in a folder, and makes it if it is not there. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    this.root = open({ path: join(folder, 'index'), maxDbs: 4, encoding: 'json', overlappingSync: false });
    this.subjects = this.root.openDB({ name: 'subjects', encoding: 'json' });
    this.kids = this.root.openDB({ name: 'kids', encoding: 'json' });
    this.slots = new SlotFile(join(folder, 'keys.bin'));
    this.id = this.root.transactionSync(() => this.identity());
    this.logKeys = new Map([[1, this.slots.read(0)]]);
    this.indexKey = this.slots.read(1);
  }

  logKey(version: number): Uint8Array {
    const key = this.logKeys.get(version);
    if (!key)
      throw new PedigreeError(
        'KEY_LOST',
        `the log key of version ${String(version)} must be in the key store, but is not`,
      );
    return key;
  }

  subjectKeys(subjects: readonly string[]): ReadonlyMap<string, SubjectKey> {
    const keys = new Map<string, SubjectKey>();
    const unknown: string[] = [];
    for (const subject of subjects) {
      const key = this.cache.get(subject) ?? this.load(subject);
      if (key) keys.set(subject, key);
      else if (!unknown.includes(subject)) unknown.push(subject);
    }
    for (const [subject, key] of unknown.length > 0 ? this.create(unknown) : []) keys.set(subject, key);
    return keys;
  }

  keyOf(kid: string): Uint8Array | undefined {
    const slot = this.kids.get(kid);
    return slot === undefined ? undefined : this.slots.read(slot);
  }

  async close(): Promise<void> {
    await this.root.close();
    this.slots.close();
  }

  private load(subject: string): SubjectKey | undefined {
    const record = this.subjects.get(subjectIndex(this.indexKey, subject));
    if (!record) return undefined;
    return this.remember(subject, {
      kid: record.kid,
      generation: record.generation,
      key: this.slots.read(record.slot),
    });
  }

  /** Creates the keys that still are missing once the write lock is held: another server may have been faster. */
  private create(subjects: readonly string[]): Map<string, SubjectKey> {
    return this.root.transactionSync(() => {
      const keys = new Map<string, SubjectKey>();
      const missing = subjects.filter((subject) => {
        const key = this.load(subject);
        if (key) keys.set(subject, key);
        return !key;
      });
      const first = this.takeSlots(missing.length);
      this.slots.fill(first, missing.length).forEach((key, i) => {
        const subject = missing[i] as string;
        const record = { kid: randomBytes(12).toString('base64url'), generation: 1, slot: first + i };
        this.subjects.putSync(subjectIndex(this.indexKey, subject), record);
        this.kids.putSync(record.kid, record.slot);
        keys.set(subject, this.remember(subject, { kid: record.kid, generation: 1, key }));
      });
      return keys;
    });
  }

  /** The store's id; the first caller makes it, with the log key in slot 0 and the index key in slot 1. */
  private identity(): string {
    const known = this.root.get(ID_SLOT) as string | undefined;
    if (known !== undefined) return known;
    this.slots.fill(this.takeSlots(2), 2);
    const id = randomBytes(16).toString('hex');
    this.root.putSync(ID_SLOT, id);
    return id;
  }

  private takeSlots(count: number): number {
    const next = (this.root.get('slots') as number | undefined) ?? 0;
    this.root.putSync('slots', next + count);
    return next;
  }

  private remember(subject: string, key: SubjectKey): SubjectKey {
    const oldest = this.cache.size >= CACHE_SIZE ? this.cache.keys().next().value : undefined;
    if (oldest !== undefined) this.cache.delete(oldest);
    this.cache.set(subject, key);
    return key;
  }
}
