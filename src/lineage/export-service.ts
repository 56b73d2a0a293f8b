/** A whole closure for scripts and notebooks: nodes, then edges, streamed as of one point. */
import { parseUrn } from '../domain/urn.js';
import { ClosureReader, type EdgeColumns, type NodeColumns } from '../store/closure-reader.js';
import type { Database } from '../store/database.js';
import { LineageReader } from '../store/lineage-reader.js';
import type { Direction } from '../store/walk.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
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
  begin(asOf: number): Promise<void>;
  nodes(nodes: NodeColumns): Promise<void>;
  edges(edges: EdgeColumns): Promise<void>;
  /** Called after the last edge: an export without it is not whole. */
  end(counts: ExportCounts): Promise<void>;
}

/** Longest that an export may take; a slow reader holds its transaction open. In milliseconds. */
const EXPORT_TIMEOUT_MS = 30 * 60_000;

export class ExportService {
  constructor(private readonly database: Database) {}

  /** Errors, all before the sink is begun: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
  async export({ of, direction, asOf }: ExportArgs, sink: ExportSink): Promise<ExportCounts> {
    parseUrn(of);
    return this.database.stream(async (streamer) => {
      const graph = new LineageReader(streamer);
      const size = await resolveAsOf(asOf, streamer);
      await requireArtifact(graph, of, size);
      const closure = new ClosureReader(streamer);
      const walk = { of, direction, asOf: size };
      const counts = { nodes: 0, edges: 0 };
      await sink.begin(size);
      for await (const nodes of closure.nodeColumns(walk)) {
        counts.nodes += nodes.ids.length;
        await sink.nodes(nodes);
      }
      for await (const edges of closure.edges(walk)) {
        counts.edges += edges.from.length;
        await sink.edges(edges);
      }
      await sink.end(counts);
      return counts;
    }, EXPORT_TIMEOUT_MS);
  }
}
