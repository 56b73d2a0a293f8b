/** `diff`: what differs in the ancestry of two artifacts of one kind. */
import type { CursorSealer } from '../access/cursor.js';
import { PedigreeError, required } from '../domain/errors.js';
import { kindOfUrn, parseUrn } from '../domain/urn.js';
import type { ClosureNode } from '../store/closure-reader.js';
import type { AsOfInput } from './as-of.js';
import {
  diffAncestries,
  diffFields,
  type AncestryDiff,
  type ChangedPair,
  type FieldDifference,
} from './diff.js';
import type { ClosureGraph, GraphSource } from './lineage-graph.js';
import { notFound } from './lineage-service.js';

export interface DiffArgs {
  readonly a: string;
  readonly b: string;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
}

export interface Diff extends AncestryDiff, Pick<DiffArgs, 'a' | 'b' | 'first'> {
  readonly asOf: number;
  /** What differs between the two themselves. */
  readonly fields: readonly FieldDifference[];
  /** True if an ancestry is larger than what is compared, so that the answer holds for its nearer part only. */
  readonly truncated: boolean;
}

/** Two versions of one artifact, with the fields that differ. */
export type ChangedArtifact = ChangedPair & { readonly fields: readonly FieldDifference[] };

export interface DiffPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
}

/** Most ancestors of each of the two that are compared, nearest first. */
const MAX_NODES = 200_000;
const TIMEOUT_MS = 30_000;

interface Ancestors {
  readonly nodes: readonly ClosureNode[];
  readonly truncated: boolean;
}

export class DiffService {
  constructor(
    private readonly graphs: GraphSource,
    private readonly cursors: CursorSealer,
    private readonly maxNodes = MAX_NODES,
  ) {}

  /** Errors: `BAD_URN`, `BAD_INPUT`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async diff({ a, b, asOf, first }: DiffArgs): Promise<Diff> {
    requireOneKind(a, b);
    return this.graphs.stream(async (graph, closure) => {
      const size = await graph.asOf(asOf);
      const roots = await graph.nodes([a, b], size);
      for (const id of [a, b]) if (!roots.has(id)) throw notFound(id);
      const ofA = await this.ancestors(closure, a, size);
      const ofB = await this.ancestors(closure, b, size);
      const { onlyA, onlyB, changed, byKind } = diffAncestries(ofA.nodes, ofB.nodes);
      const fields = diffFields(roots.get(a), roots.get(b));
      const truncated = ofA.truncated || ofB.truncated;
      return { a, b, first, asOf: size, fields, onlyA, onlyB, changed, byKind, truncated };
    }, TIMEOUT_MS);
  }

  /** A page of one of the two lists of artifacts. Error: `BAD_CURSOR`. */
  page(
    diff: Diff,
    list: 'onlyA' | 'onlyB',
    after: string | null | undefined,
    reader: string,
  ): DiffPage<ClosureNode> {
    return this.cut(diff, list, diff[list], after, reader);
  }

  /** A page of the changed artifacts, with the fields that differ. Errors: `BAD_CURSOR`, `TIMEOUT`. */
  async changedPage(
    diff: Diff,
    after: string | null | undefined,
    reader: string,
  ): Promise<DiffPage<ChangedArtifact>> {
    const page = this.cut(diff, 'changed', diff.changed, after, reader);
    const ids = page.items.flatMap((pair) => [pair.a.id, pair.b.id]);
    const props = await this.graphs.read((graph) => graph.nodes(ids, diff.asOf));
    return {
      ...page,
      items: page.items.map((pair) => ({
        ...pair,
        fields: diffFields(props.get(pair.a.id), props.get(pair.b.id)),
      })),
    };
  }

  /** The lists of one point never change, so a place in them is as good as a key. */
  private cut<T>(
    { a, b, asOf, first }: Diff,
    list: string,
    all: readonly T[],
    after: string | null | undefined,
    reader: string,
  ): DiffPage<T> {
    const scope = { reader, question: ['diff', list, a, b] };
    const resumed = after == null ? undefined : this.cursors.open(after, scope);
    if (resumed !== undefined && resumed.asOf !== asOf) {
      throw new PedigreeError(
        'BAD_CURSOR',
        required(
          `"after" must go with the "asOf" of its first page, which is { treeSize: ${String(resumed.asOf)} }`,
          {
            treeSize: asOf,
          },
        ),
      );
    }
    const start = resumed?.position[0] ?? 0;
    const end = Math.min(start + first, all.length);
    return {
      items: all.slice(start, end),
      total: all.length,
      hasNextPage: end < all.length,
      ...(end > start ? { endCursor: this.cursors.seal({ asOf, position: [end] }, scope) } : {}),
    };
  }

  /** Without the artifact itself; whole groups of the stream, so that the same are cut away every time. */
  private async ancestors(
    closure: Pick<ClosureGraph, 'nodes'>,
    of: string,
    asOf: number,
  ): Promise<Ancestors> {
    const nodes: ClosureNode[] = [];
    for await (const group of closure.nodes({ of, direction: 'UPSTREAM', asOf })) {
      for (const node of group) if (node.id !== of) nodes.push(node);
      if (nodes.length > this.maxNodes) return { nodes, truncated: true };
    }
    return { nodes, truncated: false };
  }
}

function requireOneKind(a: string, b: string): void {
  parseUrn(a);
  parseUrn(b);
  const kinds = [kindOfUrn(a), kindOfUrn(b)];
  if (kinds[0] === kinds[1]) return;
  throw new PedigreeError('BAD_INPUT', required('a and b must be artifacts of the same kind', kinds));
}
