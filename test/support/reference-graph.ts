/** What the lineage questions must answer, from plain lists in memory: nothing here is shared with the server's code. */
import type { CheckedEdge, Declaration } from '../../src/domain/declaration.js';
import type { EdgeType } from '../../src/domain/kinds.js';

type Ends = Pick<CheckedEdge, 'type' | 'from' | 'to'>;

interface ReferenceEdge extends Ends {
  readonly since: number;
  until: number;
}

export interface Question {
  readonly of: string;
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly asOf: number;
  readonly depth?: number | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly edges?: readonly EdgeType[] | undefined;
}

export interface Found {
  readonly id: string;
  readonly depth: number;
}

export function kindOf(id: string): string {
  const kinds = ['Dataset', 'Transform', 'FeatureDef', 'Model', 'Prediction'];
  return kinds.find((kind) => id.startsWith(`${kind.toLowerCase()}:`))!;
}

export class ReferenceGraph {
  private readonly edges: ReferenceEdge[] = [];
  private readonly mentions: { readonly id: string; readonly since: number }[] = [];
  private readonly declared = new Map<string, number>();

  /** Takes in what the server accepted, with the place it said. */
  add(item: Declaration, leafIndex: number): void {
    const edges = (item.edges ?? []).map(({ type, to, from }) => ({ type, to, from: from ?? item.id }));
    if (item.kind === 'Attestation') {
      for (const id of item.about) this.mentions.push({ id, since: leafIndex });
      for (const ref of item.withdraws ?? []) this.end(ref, leafIndex);
    } else {
      this.declared.set(item.id, leafIndex);
      this.mentions.push({ id: item.id, since: leafIndex });
    }
    for (const edge of edges) {
      this.mentions.push({ id: edge.from, since: leafIndex }, { id: edge.to, since: leafIndex });
      this.edges.push({ ...edge, since: leafIndex, until: Infinity });
    }
  }

  get ids(): string[] {
    return [...new Set(this.mentions.map(({ id }) => id))];
  }

  /** True if the artifact is declared as of then, or if a visible edge or attestation names it. */
  exists(id: string, asOf: number): boolean {
    if ((this.declared.get(id) ?? Infinity) < asOf) return true;
    if (this.visible(asOf).some(({ from, to }) => from === id || to === id)) return true;
    return this.mentions.some(
      (mention) => mention.id === id && mention.since < asOf && this.isAbout(mention),
    );
  }

  /** Nearest first; in one depth in the order of first mention. */
  lineage({ of, direction, asOf, depth = Infinity, kinds, edges }: Question): Found[] {
    const followed = this.followed(direction, asOf).filter(({ type }) => edges?.includes(type) ?? true);
    const depths = new Map([[of, 0]]);
    for (const [id, at] of depths) {
      for (const edge of followed) {
        const [near, far] = direction === 'UPSTREAM' ? [edge.from, edge.to] : [edge.to, edge.from];
        if (near === id && !depths.has(far)) depths.set(far, at + 1);
      }
    }
    const order = this.ids;
    return [...depths]
      .map(([id, at]) => ({ id, depth: at }))
      .filter((node) => node.id !== of && node.depth <= depth && (kinds?.includes(kindOf(node.id)) ?? true))
      .toSorted((a, b) => a.depth - b.depth || order.indexOf(a.id) - order.indexOf(b.id));
  }

  /** The edges by which a lineage goes on from a node. */
  edgesOf(id: string, direction: Question['direction'], asOf: number): Ends[] {
    return this.followed(direction, asOf)
      .filter(({ from, to }) => (direction === 'UPSTREAM' ? from : to) === id)
      .map(({ type, from, to }) => ({ type, from, to }));
  }

  private isAbout({ id, since }: { id: string; since: number }): boolean {
    return !this.edges.some((edge) => edge.since === since && (edge.from === id || edge.to === id));
  }

  private end({ type, from, to }: Ends, leafIndex: number): void {
    for (const edge of this.edges) {
      const named = edge.type === type && edge.from === from && edge.to === to;
      if (named && edge.until === Infinity) edge.until = leafIndex;
    }
  }

  private visible(asOf: number): ReferenceEdge[] {
    return this.edges.filter(({ since, until }) => since < asOf && asOf <= until);
  }

  /** Impact enters no decision, and does not blame data for definitions that were once derived from it. */
  private followed(direction: Question['direction'], asOf: number): ReferenceEdge[] {
    const edges = this.visible(asOf);
    if (direction === 'UPSTREAM') return edges;
    return edges.filter(
      ({ type, to }) =>
        type !== 'MADE_BY' && type !== 'SCORED' && !(type === 'DERIVED_FROM' && to.startsWith('dataset:')),
    );
  }
}
