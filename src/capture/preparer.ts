/** Who prepares what is declared: the server's own thread, or others beside it (`preparing-threads`). */
import type { KeyStore } from '../store/keys/key-store.js';
import { prepareEvents, type PreparedEvent } from './openlineage/prepare-events.js';
import { prepareItems, type Declarer, type Prepared, type RawItem, type Refusal } from './prepare-items.js';

export interface Preparer {
  items(items: readonly RawItem[], producer: Declarer): Promise<readonly Prepared[]>;
  /** Events as they were sent. */
  events(texts: readonly string[], producer: Declarer): Promise<readonly (PreparedEvent | Refusal)[]>;
}

/** Prepares on the thread that asks. */
export class OwnThread implements Preparer {
  constructor(private readonly keys: Pick<KeyStore, 'subjectKeys' | 'currentLogKey' | 'logKey'>) {}

  items(items: readonly RawItem[], producer: Declarer): Promise<Prepared[]> {
    return prepareItems(items, producer, this.keys);
  }

  events(texts: readonly string[], producer: Declarer): Promise<(PreparedEvent | Refusal)[]> {
    return prepareEvents(texts, producer, this.keys);
  }
}
