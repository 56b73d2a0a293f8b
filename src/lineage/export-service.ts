/** A whole closure for scripts and notebooks: nodes, then edges, streamed as of one point. */
import { parseUrn } from '../domain/urn.js';
import type { EdgeColumns, NodeColumns } from '../store/closure-reader.js';
import type { Direction } from '../store/walk.js';
import type { AsOfInput } from './as-of.js';
import type { Incomplete, Surrogate } from './granted/surrogate.js';
import type { GraphSource, HiddenPart } from './lineage-graph.js';
import { requireArtifact } from './lineage-service.js';

export interface ExportArgs {
  readonly of: string;
  readonly direction: Direction;
  readonly asOf?: AsOfInput | undefined;
}

export interface ExportCounts {
  readonly nodes: number;
  readonly edges: number;
}

/** Takes the parts of an export in this order. What it awaits holds the database back. */
export interface ExportSink {
  begin(asOf: number, incomplete: Incomplete | undefined): Promise<void>;
  nodes(nodes: NodeColumns): Promise<void>;
  edges(edges: EdgeColumns): Promise<void>;
  /** What stands for artifacts that a grant hides; called only if there is any. */
  surrogates(surrogates: readonly Surrogate[]): Promise<void>;
  /** Called last: an export without it is not whole. */
  end(counts: ExportCounts): Promise<void>;
}

/** Longest that an export may take; a slow reader holds its transaction open. In milliseconds. */
const EXPORT_TIMEOUT_MS = 30 * 60_000;

const NOTHING_HIDDEN: HiddenPart = { incomplete: undefined, surrogates: [] };

export class ExportService {
  constructor(private readonly graphs: GraphSource) {}

  /** Errors, all before the sink is begun: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
  async export({ of, direction, asOf }: ExportArgs, sink: ExportSink): Promise<ExportCounts> {
    parseUrn(of);
    return this.graphs.stream(async (graph, closure) => {
      const size = await graph.asOf(asOf);
      await requireArtifact(graph, of, size);
      const walk = { of, direction, asOf: size };
      const counts = { nodes: 0, edges: 0 };
      const { incomplete, surrogates } = closure.hidden?.(walk) ?? NOTHING_HIDDEN;
      await sink.begin(size, incomplete);
      for await (const nodes of closure.nodeColumns(walk)) {
        counts.nodes += nodes.ids.length;
        await sink.nodes(nodes);
      }
      for await (const edges of closure.edges(walk)) {
        counts.edges += edges.from.length;
        await sink.edges(edges);
      }
      if (surrogates.length > 0) await sink.surrogates(surrogates);
      await sink.end(counts);
      return counts;
    }, EXPORT_TIMEOUT_MS);
  }
}
