/** The signed heads of a host: an LMDB file beside the keys, which syncs each transaction and orders those of all processes. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import type { HeadStore, NewOriginOrder, SignedHead, Standing } from './head-store.js';

type Kind = 'head' | 'order' | 'standing';

export class EmbeddedHeadStore implements HeadStore {
  private readonly root: RootDatabase<unknown, string>;

  /** Opens the store in the folder of the keys, and makes it if it is not there. */
  constructor(folder: string) {
    const path = join(folder, 'heads');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    this.root = open({ path, encoding: 'json', overlappingSync: false, noSubdir: false });
  }

  read(log: string): Promise<SignedHead | undefined> {
    return this.get<SignedHead>('head', log);
  }

  replace(log: string, expected: SignedHead | undefined, next: SignedHead): Promise<boolean> {
    return Promise.resolve(
      this.root.transactionSync(() => {
        const current = this.root.get(`head/${log}`) as SignedHead | undefined;
        if (current?.note !== expected?.note) return false;
        this.root.putSync(`head/${log}`, next);
        if (current && current.origin !== next.origin) this.root.removeSync(`order/${log}`);
        return true;
      }),
    );
  }

  order(log: string): Promise<NewOriginOrder | undefined> {
    return this.get<NewOriginOrder>('order', log);
  }

  putOrder(log: string, order: NewOriginOrder): Promise<void> {
    return this.put('order', log, order);
  }

  standing(log: string): Promise<Standing | undefined> {
    return this.get<Standing>('standing', log);
  }

  putStanding(log: string, standing: Standing): Promise<void> {
    return this.put('standing', log, standing);
  }

  async close(): Promise<void> {
    await this.root.close();
  }

  private get<T>(kind: Kind, log: string): Promise<T | undefined> {
    // A read transaction is kept for a while; another process may have written since it began.
    this.root.resetReadTxn();
    return Promise.resolve(this.root.get(`${kind}/${log}`) as T | undefined);
  }

  private put(kind: Kind, log: string, value: unknown): Promise<void> {
    this.root.transactionSync(() => {
      this.root.putSync(`${kind}/${log}`, value);
    });
    return Promise.resolve();
  }
}
