/** Walks through the graph as a grant shows it: over its edges and through its surrogates, breadth first. */
import type { EdgeType } from '../../domain/kinds.js';
import { kindOfUrn } from '../../domain/urn.js';
import type { StoredEdge } from '../../store/lineage-reader.js';
import type { Direction } from '../../store/walk.js';
import type { Shown } from './hide.js';

/** The edges that leave and that reach each artifact, and the surrogates beside it. */
export class ShownLinks {
  readonly causes = new Map<string, StoredEdge[]>();
  readonly effects = new Map<string, StoredEdge[]>();
  private readonly hiddenCauses = new Map<string, string[]>();
  private readonly hiddenEffects = new Map<string, string[]>();

  constructor({ edges, surrogates }: Shown) {
    for (const edge of edges) {
      push(this.causes, edge.from, edge);
      push(this.effects, edge.to, edge);
    }
    for (const { id, effects, causes } of surrogates) {
      for (const effect of effects) push(this.hiddenCauses, effect, id);
      for (const cause of causes) push(this.hiddenEffects, cause, id);
      for (const cause of causes) push(this.hiddenCauses, id, cause);
      for (const effect of effects) push(this.hiddenEffects, id, effect);
    }
  }

  /** The edges by which the lineage goes on from an artifact. Downstream never blames data for a definition. */
  edgesOf(id: string, direction: Direction): readonly StoredEdge[] {
    if (direction === 'UPSTREAM') return this.causes.get(id) ?? [];
    return (this.effects.get(id) ?? []).filter(isFollowedDownstream);
  }

  /** True if the lineage goes on from an artifact to something hidden. */
  leadsToHidden(id: string, direction: Direction): boolean {
    return this.throughHidden(id, direction).length > 0;
  }

  /**
   * Everything reached from an artifact, surrogates among it, with its distance; itself at 0. With `edges`, only those
   * types are followed, and nothing hidden: whether it is of these types is not told.
   *
   * @param first what is reached from `of` itself, where that is not among these links
   */
  walk(
    of: string,
    direction: Direction,
    edges?: readonly EdgeType[] | null,
    first: readonly string[] = [],
  ): ReadonlyMap<string, number> {
    const fromDecision = of.startsWith('prediction:');
    const depths = new Map([[of, 0], ...first.map((id): [string, number] => [id, 1])]);
    for (const [id, depth] of depths) {
      const reached = [
        ...this.edgesOf(id, direction)
          .filter(({ type }) => edges == null || edges.includes(type))
          .map(({ from, to }) => (direction === 'UPSTREAM' ? to : from)),
        ...(edges == null ? this.throughHidden(id, direction) : []),
      ];
      for (const other of reached) {
        // A walk downstream enters decisions from decisions only, and what a hidden artifact is is not known.
        const isEntered = direction === 'UPSTREAM' || fromDecision || !other.startsWith('prediction:');
        if (isEntered && !depths.has(other)) depths.set(other, depth + 1);
      }
    }
    return depths;
  }

  /** Everything, decisions among it, whose ancestry has an artifact in it, over whatever edge and through what is hidden. */
  effectsOf(of: string): string[] {
    const found = new Set([of]);
    // A set yields what is added to it while it is walked.
    for (const id of found) {
      for (const { from } of this.effects.get(id) ?? []) found.add(from);
      for (const effect of this.hiddenEffects.get(id) ?? []) found.add(effect);
    }
    return [...found];
  }

  private throughHidden(id: string, direction: Direction): readonly string[] {
    return (direction === 'UPSTREAM' ? this.hiddenCauses : this.hiddenEffects).get(id) ?? [];
  }
}

function isFollowedDownstream({ type, to }: StoredEdge): boolean {
  if (type === 'MADE_BY' || type === 'SCORED') return false;
  return type !== 'DERIVED_FROM' || kindOfUrn(to) === 'FeatureDef';
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
