/** The keys as readers get them: one that is kept only because of a duty opens nothing for them (docs/retention.md). */
import type { KeyReader, KeyStore, ReadableKeys } from './key-store.js';

export class ReaderKeys implements KeyReader {
  constructor(private readonly store: Pick<KeyStore, 'keysOf' | 'restrictedOf'>) {}

  /** A restriction that comes between the two looks counts: keys are never freed again. */
  async keysOf(kids: readonly string[]): Promise<ReadableKeys> {
    const keys = await this.store.keysOf(kids);
    const restricted = await this.store.restrictedOf(kids);
    if (restricted.size === 0) return keys;
    return new Map([...keys].map(([kid, key]) => [kid, restricted.has(kid) ? 'RESTRICTED' : key]));
  }
}
