/** Subjects' current keys in memory, so that a subject's next decision costs no look into the store. */
import type { SubjectKey } from './key-store.js';

/** Subjects of one generation; two are kept. */
const GENERATION = 10_000;

/** Every key that is retired or destroyed, by any server, changes the store's count of changes: then all is dropped. */
export class SubjectCache {
  /** When the younger generation is full, it takes the place of the older one: nothing is ever looked for to be dropped. */
  private younger = new Map<string, SubjectKey>();
  private older = new Map<string, SubjectKey>();
  private changes = -1;

  /** To be called with the store's present count before anything is read; drops what may be stale. */
  validate(changes: number): void {
    if (changes === this.changes) return;
    this.younger.clear();
    this.older.clear();
    this.changes = changes;
  }

  get(subject: string): SubjectKey | undefined {
    return this.younger.get(subject) ?? this.older.get(subject);
  }

  remember(subject: string, key: SubjectKey): SubjectKey {
    if (this.younger.size >= GENERATION) {
      this.older = this.younger;
      this.younger = new Map();
    }
    this.younger.set(subject, key);
    return key;
  }
}
