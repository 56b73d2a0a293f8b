/**
 * Erasures as the database knows them: which keys are being destroyed or are gone, and the nodes whose values they sealed.
 * No subject and nothing that leads to one is kept here.
 */
import { personalDigest } from '../ledger/entry.js';
import { LINEAGE_LOG } from './as-of.js';
import type { Database, StatementRunner } from './database.js';
import {
  erasureCreateErasure,
  erasureEraseValues,
  erasureFindErasure,
  erasureFinishErasure,
  erasureFinishRestriction,
  erasureLiftRestriction,
  erasureListKeys,
  erasureListErasures,
  erasureListHolds,
  erasureListRetained,
  erasureListSealed,
  erasureReadErasures,
  erasureReadKept,
  logLockHead,
  type ErasureListHoldsRow,
  type ErasureListRetainedRow,
  type ErasureListSealedRow,
  type ErasureReadKeptRow,
} from './queries.gen.js';
import { openGroup, sealedGroups, toSealed } from './sealed-values.js';
import { erasedPlaces, sealedPlaces, toErased, type ErasedPlace, type SealedPlace } from './stored-values.js';

/** What is fixed when an erasure begins. */
export interface ErasureOrder {
  /** Names the erasure in its certificate and in its entries. */
  readonly id: string;
  readonly kid: string;
  /** Which of the person's keys; a run of the retention rules knows keys and no persons. */
  readonly generation?: number;
  readonly basis: string;
  /** The principal who asked for it. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly requestedAt: number;
}

/** Why an erasure has to wait: what it seals is kept, and read for this purpose only. */
export interface Duty {
  /** The rule or the legal hold. */
  readonly duty: string;
  readonly dutyBasis: string;
  readonly purpose: string;
  /** Milliseconds since the epoch; undefined for a hold. */
  readonly keepUntil?: number;
}

export interface Erasure extends ErasureOrder, Partial<Duty> {
  /** `RESTRICTED` while a duty lasts; then it goes on as any other. */
  readonly state: 'RESTRICTED' | 'ERASING' | 'ERASED';
  /** Ids of the entries that say that it was restricted; once they are written. */
  readonly restriction?: readonly string[];
  /** The tree size with the erasure's entries in it; once it is finished. */
  readonly asOf?: number;
  /** Ids of the entries that say so; none if the key had sealed nothing. */
  readonly entries?: readonly string[];
}

export type ErasureEntry = Pick<ErasureReadKeptRow, 'id' | 'digest' | 'leafIndex' | 'recordedAt'>;
export type HoldRow = ErasureListHoldsRow;

/** What one entry had under the key: its own values, and for an attestation the artifacts that it is about. */
export interface SealedItem {
  readonly id: string;
  readonly about: readonly string[];
  readonly erased: readonly ErasedPlace[];
  readonly sealed: readonly SealedPlace[];
}

export type RetainedItem = ErasureListRetainedRow;

/** What is known about a key when its erasure is to begin. */
export interface KeyFacts {
  /** Every legal hold on what it sealed. */
  readonly holds: readonly HoldRow[];
  /** Its mark, if it has one: then it is restricted. */
  readonly known: Erasure | undefined;
  /** Everything that it sealed. */
  readonly items: () => AsyncIterable<RetainedItem>;
}

/** That a key's erasure may begin, or that it has to wait, or neither. It throws to refuse. */
export type Decide = (facts: KeyFacts) => Promise<'ERASE' | Duty | undefined>;

/** A key that sealed something, and how far its erasure is. */
export interface SealingKey {
  readonly kid: string;
  readonly erasure: Erasure | undefined;
}

/** Nodes changed in one transaction: the log's lock is held meanwhile, so writers wait for it. */
const NODES_AT_ONCE = 250;

export class ErasureStore {
  constructor(private readonly database: Database) {}

  /**
   * Marks a key as being erased or restricted, under the log's lock, as `decide` says; gives back the mark that is there
   * already, if there is one. A restricted key whose erasure is decided now goes on to be erased. Undefined if nothing was
   * decided and nothing is marked.
   */
  async begin(order: ErasureOrder, decide: Decide): Promise<Erasure | undefined> {
    return this.database.write(async (tx) => {
      const { kid } = order;
      await tx.run(logLockHead, { log: LINEAGE_LOG });
      const [row] = await tx.run(erasureReadErasures, { kids: [kid] });
      const known = row?.props as Erasure | undefined;
      if (known && known.state !== 'RESTRICTED') return known;
      const holds = await tx.run(erasureListHolds, { kid });
      const items = (): AsyncIterable<RetainedItem> => retained(tx, kid);
      const decision = await decide({ holds, items, known });
      if (decision === undefined || (known && decision !== 'ERASE')) return known;
      if (known) {
        await tx.run(erasureLiftRestriction, { kid });
        return { ...known, state: 'ERASING' };
      }
      const erasure: Erasure =
        decision === 'ERASE'
          ? { ...order, state: 'ERASING' }
          : { ...order, ...decision, state: 'RESTRICTED' };
      await tx.run(erasureCreateErasure, { log: LINEAGE_LOG, props: { ...erasure } });
      return erasure;
    });
  }

  /** The keys whose names come after `after`, and a look at each: all in one transaction. */
  async surveyed<T>(
    page: { readonly after: string; readonly first: number },
    look: (key: SealingKey, facts: Pick<KeyFacts, 'holds' | 'items'>) => Promise<T>,
  ): Promise<T[]> {
    return this.database.read(async (tx) => {
      const found: T[] = [];
      for (const { kid, erasure } of await tx.run(erasureListKeys, page)) {
        const holds = await tx.run(erasureListHolds, { kid });
        const key = { kid, erasure: (erasure ?? undefined) as Erasure | undefined };
        found.push(await look(key, { holds, items: () => retained(tx, kid) }));
      }
      return found;
    });
  }

  /**
   * Takes everything that a key sealed off its nodes and keeps what the entries committed to in its place: that needs the
   * key, so it comes before the key is destroyed. Repeatable; what another server did meanwhile is left as it is.
   *
   * @param key the key, or undefined if it is gone already: then the digests are lost with it, and the place says so
   */
  async eraseValues(kid: string, key: Uint8Array | undefined): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) after = await this.eraseSome(kid, key, after);
  }

  /** What was erased with a key, in pages by id. */
  async *items(kid: string): AsyncGenerator<SealedItem> {
    for (let after = ''; ;) {
      const rows = await this.database.run(erasureListSealed, { kid, after, first: NODES_AT_ONCE });
      const under = (place: { readonly kid: string }): boolean => place.kid === kid;
      for (const { id, erased, sealed, about } of rows) {
        yield {
          ...{ id, about },
          erased: erasedPlaces({ erased }).filter(under),
          sealed: sealedPlaces({ sealed }).filter(under),
        };
      }
      const last = rows.at(-1);
      if (!last || rows.length < NODES_AT_ONCE) return;
      after = last.id;
    }
  }

  /** Where these entries are in the log; those that are not there are left out. */
  async entries(ids: readonly string[]): Promise<readonly ErasureEntry[]> {
    return this.database.run(erasureReadKept, { ids });
  }

  /** Records that an erasure is done, with its entries; its tree size is the one that has the last of them. */
  async finish(kid: string, entries: readonly string[]): Promise<void> {
    await this.database.run(erasureFinishErasure, { log: LINEAGE_LOG, kid, entries });
  }

  /** Records that a restriction's entries are written. */
  async finishRestriction(kid: string, entries: readonly string[]): Promise<void> {
    await this.database.run(erasureFinishRestriction, { kid, entries });
  }

  /** The erasures of these keys; those that are not being erased are left out. */
  async ofKeys(kids: readonly string[]): Promise<ReadonlyMap<string, Erasure>> {
    const rows = await this.database.run(erasureReadErasures, { kids });
    return new Map(rows.map(({ props }) => [props.kid as string, props as unknown as Erasure]));
  }

  /** The erasure of this id. */
  async find(id: string): Promise<Erasure | undefined> {
    const [row] = await this.database.run(erasureFindErasure, { id });
    return row?.props as Erasure | undefined;
  }

  /** Every erasure whose key's name comes after `from`, a page of at most 1,000 at a time. */
  async *pages(from = ''): AsyncGenerator<readonly Erasure[]> {
    for (let after = from; ;) {
      const rows = await this.database.run(erasureListErasures, { after, first: 1_000 });
      const page = rows.map(({ props }) => props as unknown as Erasure);
      const last = page.at(-1);
      if (!last) return;
      yield page;
      after = last.kid;
    }
  }

  private eraseSome(kid: string, key: Uint8Array | undefined, after: string): Promise<string | undefined> {
    return this.database.write(async (tx: StatementRunner) => {
      // Two erasures may change the same node, that of two applicants: each must see what the other one wrote.
      await tx.run(logLockHead, { log: LINEAGE_LOG });
      const rows = await tx.run(erasureListSealed, { kid, after, first: NODES_AT_ONCE });
      const changed = rows.filter(({ sealed }) =>
        sealedGroups({ sealed }).some((group) => group.kid === kid),
      );
      if (changed.length > 0)
        await tx.run(erasureEraseValues, { rows: changed.map((row) => withoutKey(row, kid, key)) });
      return rows.length < NODES_AT_ONCE ? undefined : rows.at(-1)?.id;
    });
  }
}

async function* retained(tx: StatementRunner, kid: string): AsyncGenerator<RetainedItem> {
  for (let after = '', more = true; more;) {
    const rows = await tx.run(erasureListRetained, { kid, after, first: NODES_AT_ONCE });
    yield* rows;
    after = rows.at(-1)?.id ?? after;
    more = rows.length === NODES_AT_ONCE;
  }
}

function withoutKey(
  { id, sealed, erased }: ErasureListSealedRow,
  kid: string,
  key: Uint8Array | undefined,
): { id: string; sealed: string | null; erased: string | null } {
  const groups = sealedGroups({ sealed });
  const gone = groups
    .filter((group) => group.kid === kid)
    .flatMap((group): ErasedPlace[] => {
      if (!key) return group.paths.map((path) => ({ path, kid }));
      return openGroup(key, id, group).map((value) => ({
        ...{ path: value.path, kid },
        digest: personalDigest(key, id, value),
      }));
    });
  const kept = groups.filter((group) => group.kid !== kid);
  return { id, sealed: toSealed(kept), erased: toErased([...erasedPlaces({ erased }), ...gone]) };
}
