/**
 * The graph as the questions see it. Whoever answers a question opens it through a source: the stored graph, or, for the
 * holder of a grant, the part of it that was granted. No service knows which of the two it reads.
 */
import { ClosureReader, type ClosureOf } from '../store/closure-reader.js';
import type { Database, StatementRunner } from '../store/database.js';
import { LineageReader } from '../store/lineage-reader.js';
import { countLineage, type KindCount } from '../store/lineage-totals.js';
import { readPresent, type Present, type PresentParts } from '../store/present-reader.js';
import type { PresentWalk, Walk } from '../store/walk.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import type { Incomplete, Surrogate } from './granted/surrogate.js';

/** What hangs on single artifacts. */
export type ArtifactGraph = Pick<LineageReader, 'nodes' | 'edges' | 'attestations' | 'corrections'>;

export interface LineageGraph
  extends ArtifactGraph, Pick<LineageReader, 'page' | 'groups' | 'attestationsUpstream'> {
  /** The tree size at which a question is answered. Errors: `AS_OF_IN_FUTURE`, `BAD_INPUT`. */
  asOf(input: AsOfInput | null | undefined): Promise<number>;
  /** Nodes of a walk by kind, the root not counted; by depth, too, nearest first, if wanted. */
  count(walk: Walk, byDepth: boolean): Promise<KindCount[]>;
  /** The present, with what can be read as of it in the same round trip; left out where nothing is to be saved. */
  present?(walk: PresentWalk, parts: PresentParts): Promise<Present>;
}

/** What a closure does not show. */
export interface HiddenPart {
  readonly incomplete: Incomplete | undefined;
  readonly surrogates: readonly Surrogate[];
}

/** Whole closures, in pieces. */
export interface ClosureGraph extends Pick<ClosureReader, 'nodeColumns' | 'nodes' | 'edges'> {
  /** Left out where nothing is hidden from anybody. */
  hidden?(closure: ClosureOf): HiddenPart;
}

export interface GraphSource {
  /** Answers a question from one state of the graph. */
  read<T>(work: (graph: LineageGraph) => Promise<T>): Promise<T>;
  /** The same with closures; the answer may take for as long as `timeoutMs` says. */
  stream<T>(work: (graph: LineageGraph, closure: ClosureGraph) => Promise<T>, timeoutMs: number): Promise<T>;
}

/** The stored graph, all of it; each question is one transaction. */
export class StoredGraphs implements GraphSource {
  constructor(private readonly database: Database) {}

  read<T>(work: (graph: LineageGraph) => Promise<T>): Promise<T> {
    return this.database.read((runner) => work(new StoredGraph(runner)));
  }

  stream<T>(work: (graph: LineageGraph, closure: ClosureGraph) => Promise<T>, timeoutMs: number): Promise<T> {
    return this.database.stream(
      (streamer) => work(new StoredGraph(streamer), new ClosureReader(streamer)),
      timeoutMs,
    );
  }
}

class StoredGraph extends LineageReader implements LineageGraph {
  constructor(private readonly statements: StatementRunner) {
    super(statements);
  }

  asOf(input: AsOfInput | null | undefined): Promise<number> {
    return resolveAsOf(input, this.statements);
  }

  count(walk: Walk, byDepth: boolean): Promise<KindCount[]> {
    return countLineage(this.statements, walk, byDepth);
  }

  present(walk: PresentWalk, parts: PresentParts): Promise<Present> {
    return readPresent(this.statements, walk, parts);
  }
}
