/** An entry ready to be written: everything that can be computed before the log's lock is taken. */
import type { ColumnFacts } from '../domain/column-facts.js';
import type { EntryKind } from '../domain/kinds.js';
import type { Owned } from '../domain/owners.js';
import type { Entry } from '../ledger/entry.js';

export interface PreparedEdge {
  readonly from: string;
  readonly to: string;
  /** The relationship type that stores it. */
  readonly type: string;
  /** Relationship properties other than its interval. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** Which decision group a prediction belongs to. */
export interface GroupRef {
  readonly key: string;
  readonly model: string;
  readonly datasets: readonly string[];
  readonly mode: string;
}

export interface PreparedEntry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly entry: Entry;
  /** Node properties: identity, canonical values and sealed values, and the typed ones that are indexes. */
  readonly props: Readonly<Record<string, unknown>>;
  /** A prediction's score, apart so that it is stored as a float. */
  readonly score?: number;
  readonly edges: readonly PreparedEdge[];
  readonly about: readonly string[];
  /** Edges to end, as stored relationship types; `to` left out means every edge of that type from there. */
  readonly ends: readonly { readonly from: string; readonly to?: string; readonly type: string }[];
  readonly group?: GroupRef;
  /** Names of the keys that its values are sealed under; the first is also a property of the node. */
  readonly kids: readonly string[];
  /** The highest serial of these keys; 0 if nothing is sealed. */
  readonly keySerial: number;
  /** What it says about columns; undefined if nothing. */
  readonly columns?: ColumnFacts;
  /** The owners that it names openly; undefined if none. */
  readonly owners?: readonly Owned[];
}
