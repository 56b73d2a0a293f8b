/** Subjects' current keys in memory, so that a subject's next decision costs no look into the store. */
import type { SubjectKey } from './key-store.js';

/** Most subjects whose keys are kept in memory. */
const CACHE_SIZE = 100_000;

/** Every key that is retired or destroyed, by any server, changes the store's count of changes: then all is dropped. */
export class SubjectCache {
  private readonly keys = new Map<string, SubjectKey>();
  private changes = -1;

  /** To be called with the store's present count before anything is read; drops what may be stale. */
  validate(changes: number): void {
    if (changes === this.changes) return;
    this.keys.clear();
    this.changes = changes;
  }

  get(subject: string): SubjectKey | undefined {
    return this.keys.get(subject);
  }

  remember(subject: string, key: SubjectKey): SubjectKey {
    const oldest = this.keys.size >= CACHE_SIZE ? this.keys.keys().next().value : undefined;
    if (oldest !== undefined) this.keys.delete(oldest);
    this.keys.set(subject, key);
    return key;
  }
}
