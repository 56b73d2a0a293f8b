/** A whole closure for scripts and notebooks: nodes, then edges, streamed as of one point. */
import { parseUrn } from '../domain/urn.js';
import { ClosureReader, type EdgeColumns, type NodeColumns } from '../store/closure-reader.js';
import type { Database, StatementStreamer } from '../store/database.js';
import { EventReader, type EventPlace } from '../store/event-reader.js';
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

/** Takes the texts of events, in order. */
export interface EventSink {
  begin(asOf: number): Promise<void>;
  events(texts: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

/** Texts that are held at once: an event may have 1,048,576 characters. */
const EVENTS_AT_ONCE = 50;

/** Longest that an export may take; a slow reader holds its transaction open. In milliseconds. */
const EXPORT_TIMEOUT_MS = 30 * 60_000;

export class ExportService {
  constructor(private readonly database: Database) {}

  /** Errors, all before the sink is begun: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
  export(args: ExportArgs, sink: ExportSink): Promise<ExportCounts> {
    return this.stream(args, async (streamer, asOf) => {
      const closure = new ClosureReader(streamer);
      const walk = { ...args, asOf };
      const counts = { nodes: 0, edges: 0 };
      await sink.begin(asOf);
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
    });
  }

  /**
   * The OpenLineage events that said something about a closure, as they were sent, in the order of the log; errors as
   * above. How many artifacts and how many events there were comes back as nodes and edges.
   */
  events(args: ExportArgs, sink: EventSink): Promise<ExportCounts> {
    return this.stream(args, async (streamer, asOf) => {
      const reader = new EventReader(streamer);
      const places = new Map<string, EventPlace>();
      let nodes = 0;
      for await (const { ids } of new ClosureReader(streamer).nodeColumns({ ...args, asOf })) {
        nodes += ids.length;
        for (const place of await reader.places(ids, asOf)) places.set(place.id, place);
      }
      const ordered = [...places.values()].sort((a, b) => a.leafIndex - b.leafIndex).map(({ id }) => id);
      await sink.begin(asOf);
      for (let i = 0; i < ordered.length; i += EVENTS_AT_ONCE) {
        await sink.events(await reader.texts(ordered.slice(i, i + EVENTS_AT_ONCE)));
      }
      await sink.end();
      return { nodes, edges: ordered.length };
    });
  }

  private stream(
    { of, asOf }: ExportArgs,
    work: (streamer: StatementStreamer, asOf: number) => Promise<ExportCounts>,
  ): Promise<ExportCounts> {
    parseUrn(of);
    return this.database.stream(async (streamer) => {
      const size = await resolveAsOf(asOf, streamer);
      await requireArtifact(new LineageReader(streamer), of, size);
      return work(streamer, size);
    }, EXPORT_TIMEOUT_MS);
  }
}
