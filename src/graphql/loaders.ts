/**
 * One loader for each thing that custom resolvers look up by id, made anew for every request: however many artifacts an
 * answer has, each is looked up in one statement.
 */
import DataLoader from 'dataloader';
import type { ArtifactGraph } from '../lineage/lineage-graph.js';
import type { AttestationReader } from '../store/attestation-reader.js';
import type { Bounded, Correction, StoredEdge } from '../store/lineage-reader.js';
import type { Direction } from '../store/walk.js';
import type { StoredProps } from '../store/stored-values.js';

/** An artifact as of a tree size. */
export interface ArtifactKey {
  readonly id: string;
  readonly asOf: number;
}

/** A list that hangs on an artifact. */
export interface ListKey extends ArtifactKey {
  readonly first: number;
}

export type AboutKey = Omit<ListKey, 'asOf'>;

export interface EdgesKey extends ListKey {
  readonly direction: Direction;
}

export interface Loaders {
  /** undefined where there is no such artifact as of then. */
  readonly artifacts: DataLoader<ArtifactKey, StoredProps | undefined, string>;
  readonly edges: DataLoader<EdgesKey, Bounded<StoredEdge>, string>;
  readonly attestations: DataLoader<ListKey, Bounded<StoredProps>, string>;
  readonly corrections: DataLoader<ArtifactKey, readonly Correction[], string>;
  /** What an attestation is about; by the attestation's id. It is stated with it, so it is the same as of any point. */
  readonly abouts: DataLoader<AboutKey, Bounded<string>, string>;
}

const NOTHING = { items: [], total: 0 };

export function createLoaders(graph: ArtifactGraph, attestations: Pick<AttestationReader, 'about'>): Loaders {
  return {
    artifacts: loader<ArtifactKey, StoredProps | undefined>(
      ['asOf'],
      (ids, { asOf }) => graph.nodes(ids, asOf),
      undefined,
    ),
    edges: loader<EdgesKey, Bounded<StoredEdge>>(
      ['asOf', 'first', 'direction'],
      (ids, { direction, asOf, first }) => graph.edges(ids, direction, asOf, first),
      NOTHING,
    ),
    attestations: loader<ListKey, Bounded<StoredProps>>(
      ['asOf', 'first'],
      (ids, { asOf, first }) => graph.attestations(ids, asOf, first),
      NOTHING,
    ),
    corrections: loader<ArtifactKey, readonly Correction[]>(
      ['asOf'],
      (ids, { asOf }) => graph.corrections(ids, asOf),
      [],
    ),
    abouts: loader<AboutKey, Bounded<string>>(
      ['first'],
      (ids, { first }) => attestations.about(ids, first),
      NOTHING,
    ),
  };
}

/** Keys that agree in everything but the id share a statement. */
function loader<K extends { readonly id: string }, V>(
  shared: readonly (keyof K)[],
  load: (ids: readonly string[], key: K) => Promise<ReadonlyMap<string, V>>,
  missing: V,
): DataLoader<K, V, string> {
  const groupOf = (key: K): string => shared.map((name) => String(key[name])).join(' ');
  return new DataLoader<K, V, string>(
    async (keys) => {
      const found = new Map<string, ReadonlyMap<string, V>>();
      for (const key of keys) {
        const group = groupOf(key);
        if (found.has(group)) continue;
        const ids = keys.filter((other) => groupOf(other) === group).map(({ id }) => id);
        found.set(group, await load([...new Set(ids)], key));
      }
      return keys.map((key) => found.get(groupOf(key))?.get(key.id) ?? missing);
    },
    { cacheKeyFn: (key) => `${groupOf(key)} ${key.id}`, maxBatchSize: 1_000 },
  );
}
