/** What must hold of a log after a crash, checked from what was checked before to where the log is now. */
import { base64 } from '@scure/base';
import type { Driver } from 'neo4j-driver';

import { unpackLeaves } from '../../../src/ledger/bundle.js';
import { leafHash, sameBytes, TreeHasher } from '../../../src/ledger/merkle.js';
import { EmbeddedHeadStore } from '../../../src/store/keys/embedded-head-store.js';
import type { SignedHead } from '../../../src/store/keys/head-store.js';

export class LogInspection {
  private readonly tree = new TreeHasher();
  private readonly leaves: Uint8Array[] = [];
  private lastHead: SignedHead | undefined;

  constructor(
    private readonly driver: Driver,
    private readonly keysDir: string,
  ) {}

  /** What is wrong; nothing if all is well. */
  async run(): Promise<string[]> {
    const head = await this.readHead();
    const faults: string[] = [];
    const size = await this.readSize();
    const roots = await this.readNew(faults, head?.size);
    if (this.tree.size !== size)
      faults.push(`the head says ${size} entries, the bundles hold ${this.tree.size}`);
    if (!head) return [...faults, 'there is no signed head'];
    if (head.size > size) faults.push(`${head.size} entries are signed, but only ${size} are there`);
    if (this.lastHead && head.size < this.lastHead.size) faults.push('the signed head went back');
    if (roots.signed !== head.root)
      faults.push(`the head of ${head.size} entries has another root than they have`);
    this.lastHead = head;
    return [...faults, ...(await this.findTileFaults())];
  }

  private async readHead(): Promise<SignedHead | undefined> {
    const heads = new EmbeddedHeadStore(this.keysDir);
    const head = await heads.read('lineage');
    await heads.close();
    return head;
  }

  private async readSize(): Promise<number> {
    const { records } = await this.driver.executeQuery(
      'MATCH (h:LogHead {log: "lineage"}) RETURN h.size AS size',
    );
    return records[0]!.get('size') as number;
  }

  /** Adds the entries since the last inspection; gives the root of the signed size on the way. */
  private async readNew(faults: string[], signed: number | undefined): Promise<{ signed?: string }> {
    const roots: { signed?: string } = {};
    const note = (): void => {
      if (this.tree.size === signed) roots.signed = base64.encode(this.tree.root());
    };
    note();
    const { records } = await this.driver.executeQuery(
      'MATCH (b:EntryBundle {log: "lineage"}) WHERE b.start >= toInteger($from) RETURN b.start AS start, b.bytes AS bytes ORDER BY start',
      { from: this.tree.size },
    );
    for (const record of records) {
      if (record.get('start') !== this.tree.size) faults.push(`a bundle does not begin at ${this.tree.size}`);
      for (const leaf of unpackLeaves(Uint8Array.from(record.get('bytes') as Int8Array))) {
        const hash = leafHash(leaf);
        this.leaves.push(hash);
        this.tree.add(hash);
        note();
      }
    }
    return roots;
  }

  private async findTileFaults(): Promise<string[]> {
    const { records } = await this.driver.executeQuery(
      'MATCH (t:HashTile {log: "lineage", level: 0}) RETURN t.index AS index, t.bytes AS bytes',
    );
    return records.flatMap((record) => {
      const index = record.get('index') as number;
      const expected = Buffer.concat(this.leaves.slice(index * 256, (index + 1) * 256));
      const same = sameBytes(Uint8Array.from(record.get('bytes') as Int8Array), expected);
      return same ? [] : [`tile ${index} is not that of its entries`];
    });
  }
}
