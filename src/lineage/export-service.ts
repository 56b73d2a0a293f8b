/** A whole closure for scripts and notebooks: nodes, then edges, streamed as of one point. */
import { PedigreeError } from '../domain/errors.js';
import { parseUrn } from '../domain/urn.js';
import type { EdgeColumns, NodeColumns } from '../store/closure-reader.js';
import type { Database } from '../store/database.js';
import { EventReader, type EventPlace } from '../store/event-reader.js';
import type { Direction } from '../store/walk.js';
import type { AsOfInput } from './as-of.js';
import type { Incomplete, Surrogate } from './granted/surrogate.js';
import type { ClosureGraph, GraphSource, HiddenPart } from './lineage-graph.js';
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

const NOTHING_HIDDEN: HiddenPart = { incomplete: undefined, surrogates: [] };

export class ExportService {
  /** @param database where the events are; left out under a grant, which does not open them */
  constructor(
    private readonly graphs: GraphSource,
    private readonly database?: Database,
  ) {}

  /** Errors, all before the sink is begun: `BAD_URN`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
  export(args: ExportArgs, sink: ExportSink): Promise<ExportCounts> {
    return this.stream(args, async (closure, asOf) => {
      const walk = { ...args, asOf };
      const counts = { nodes: 0, edges: 0 };
      const { incomplete, surrogates } = closure.hidden?.(walk) ?? NOTHING_HIDDEN;
      await sink.begin(asOf, incomplete);
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
    });
  }

  /**
   * The OpenLineage events that said something about a closure, as they were sent, in the order of the log; errors as
   * above, and `FORBIDDEN` under a grant. How many artifacts and how many events there were comes back as nodes and edges.
   */
  async events(args: ExportArgs, sink: EventSink): Promise<ExportCounts> {
    const { database } = this;
    if (!database) {
      throw new PedigreeError(
        'FORBIDDEN',
        'events are not part of a grant: they say what was sent, hidden or not',
      );
    }
    return this.stream(args, async (closure, asOf) => {
      const reader = new EventReader(database);
      const places = new Map<string, EventPlace>();
      let nodes = 0;
      for await (const { ids } of closure.nodeColumns({ ...args, asOf })) {
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
    work: (closure: ClosureGraph, asOf: number) => Promise<ExportCounts>,
  ): Promise<ExportCounts> {
    parseUrn(of);
    return this.graphs.stream(async (graph, closure) => {
      const size = await graph.asOf(asOf);
      await requireArtifact(graph, of, size);
      return work(closure, size);
    }, EXPORT_TIMEOUT_MS);
  }
}
