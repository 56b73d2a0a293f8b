/** What evidence about an ancestry is made from: the closure, what links it, and the entries that say so. */
import { edgeTypeOf } from '../domain/kinds.js';
import { OPEN_UNTIL } from './as-of.js';
import type { StatementRunner } from './database.js';
import { evidenceListClosure, evidenceListLinks } from './queries.gen.js';

export interface ClosureMember {
  readonly id: string;
  readonly depth: number;
  /** Of its entry; undefined for a placeholder. */
  readonly leafIndex?: number;
}

export interface ClosureLinks {
  readonly edges: readonly ClosureLink[];
  readonly attestations: readonly {
    readonly id: string;
    readonly type: string;
    readonly leafIndex: number;
  }[];
}

export interface ClosureLink {
  readonly type: string;
  readonly to: string;
  /** Leaf index of the entry that states it. */
  readonly since: number;
  /** Leaf index of the entry that ended it, also after the point asked for; undefined if none has. */
  readonly until?: number;
}

/** Artifacts whose links are read at once. */
const PAGE = 1_000;

export class EvidenceReader {
  constructor(private readonly runner: StatementRunner) {}

  /** An artifact and everything upstream of it, as of a tree size, in no order; at most `first`. */
  async closure(of: string, asOf: number, first: number): Promise<ClosureMember[]> {
    const rows = await this.runner.run(evidenceListClosure, { of, asOf, first });
    return rows.map(({ id, depth, leafIndex }) => ({
      id,
      depth,
      ...(leafIndex === null ? {} : { leafIndex }),
    }));
  }

  /** What leaves each of these artifacts and was attested about it as of a tree size, at most `first` of either each. */
  async links(
    ids: readonly string[],
    asOf: number,
    first: number,
  ): Promise<ReadonlyMap<string, ClosureLinks>> {
    const links = new Map<string, ClosureLinks>();
    for (let i = 0; i < ids.length; i += PAGE) {
      const rows = await this.runner.run(evidenceListLinks, { ids: ids.slice(i, i + PAGE), asOf, first });
      for (const { id, edges, attestations } of rows) {
        links.set(id, { attestations, edges: edges.map(toLink) });
      }
    }
    return links;
  }
}

function toLink(edge: {
  readonly type: string;
  readonly to: string;
  readonly since: number;
  readonly until: number;
}): ClosureLink {
  const { type, to, since, until } = edge;
  return { type: edgeTypeOf(type), to, since, ...(until === OPEN_UNTIL ? {} : { until }) };
}
