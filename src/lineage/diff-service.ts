/** `diff`: what differs in the ancestry of two artifacts of one kind. */
import { PedigreeError, required } from '../domain/errors.js';
import { kindOfUrn, parseUrn } from '../domain/urn.js';
import { ClosureReader, type ClosureNode } from '../store/closure-reader.js';
import type { Database } from '../store/database.js';
import { LineageReader, type Bounded } from '../store/lineage-reader.js';
import { readHead } from '../store/log-head.js';
import type { StoredProps } from '../store/stored-values.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import { diffAncestries, diffFields, type ChangedPair, type FieldDifference, type KindDiff } from './diff.js';
import { notFound } from './lineage-service.js';

export interface DiffArgs {
  readonly a: string;
  readonly b: string;
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
}

export interface Diff {
  readonly asOf: number;
  /** What differs between the two themselves. */
  readonly fields: readonly FieldDifference[];
  readonly onlyA: Bounded<ClosureNode>;
  readonly onlyB: Bounded<ClosureNode>;
  readonly changed: Bounded<ChangedPair & { readonly fields: readonly FieldDifference[] }>;
  readonly byKind: readonly KindDiff[];
  /** True if an ancestry is larger than what is compared, so that the answer holds for its nearer part only. */
  readonly truncated: boolean;
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
    private readonly database: Database,
    private readonly maxNodes = MAX_NODES,
  ) {}

  /** Errors: `BAD_URN`, `BAD_INPUT`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`. */
  async diff({ a, b, asOf, first }: DiffArgs): Promise<Diff> {
    requireOneKind(a, b);
    return this.database.stream(async (streamer) => {
      const graph = new LineageReader(streamer);
      const size = await resolveAsOf(asOf, await readHead(streamer), graph);
      const roots = await graph.nodes([a, b], size);
      for (const id of [a, b]) if (!roots.has(id)) throw notFound(id);
      const closure = new ClosureReader(streamer);
      const ofA = await this.ancestors(closure, a, size);
      const ofB = await this.ancestors(closure, b, size);
      const { onlyA, onlyB, changed, byKind } = diffAncestries(ofA.nodes, ofB.nodes);
      const pairs = changed.slice(0, first);
      const props = await graph.nodes(
        pairs.flatMap((pair) => [pair.a.id, pair.b.id]),
        size,
      );
      return {
        asOf: size,
        fields: diffFields(roots.get(a), roots.get(b)),
        onlyA: cut(onlyA, first),
        onlyB: cut(onlyB, first),
        changed: { items: pairs.map((pair) => withFields(pair, props)), total: changed.length },
        byKind,
        truncated: ofA.truncated || ofB.truncated,
      };
    }, TIMEOUT_MS);
  }

  /** Without the artifact itself. */
  private async ancestors(closure: ClosureReader, of: string, asOf: number): Promise<Ancestors> {
    const nodes: ClosureNode[] = [];
    for await (const group of closure.nodes({ of, direction: 'UPSTREAM', asOf })) {
      for (const node of group) if (node.id !== of) nodes.push(node);
      if (nodes.length > this.maxNodes) return { nodes: nodes.slice(0, this.maxNodes), truncated: true };
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

function withFields(
  pair: ChangedPair,
  props: ReadonlyMap<string, StoredProps>,
): ChangedPair & { fields: FieldDifference[] } {
  return { ...pair, fields: diffFields(props.get(pair.a.id), props.get(pair.b.id)) };
}

function cut<T>(items: readonly T[], first: number): Bounded<T> {
  return { items: items.slice(0, first), total: items.length };
}
