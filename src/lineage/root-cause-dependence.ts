/**
 * What a decision depends on. Where its row can be followed, a union counts only for the part that holds the row;
 * where not, it depends on everything upstream of the data set.
 */
import type { RowKey } from '../domain/declaration.js';
import type { StoredEdge } from '../store/lineage-reader.js';
import type { UpstreamGraph } from './root-cause-graph.js';
import { rowsOf, stepBack, type TracedRow } from './row-trace.js';

/** The key of the row that a decision was made from in a data set; undefined if there is none or it may not be read. */
export type RowKeyOf = (decision: string, dataset: string) => RowKey | undefined;

export interface Dependence {
  readonly on: ReadonlySet<string>;
  /** True if no data set was taken as a whole for want of a row path. */
  readonly byRow: boolean;
  /** The same for decisions that depend on the same artifacts in the same way. */
  readonly signature: string;
}

interface Visit {
  /** Artifacts reached one by one. */
  readonly visited: Set<string>;
  /** Artifacts with everything upstream of them. */
  readonly whole: Set<string>;
  byRow: boolean;
}

export class DependenceFinder {
  private readonly closures = new Map<string, ReadonlySet<string>>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly graph: UpstreamGraph,
    private readonly rowKeyOf: RowKeyOf,
  ) {}

  /** What a decision depends on, the decision itself not included. */
  of(decision: string): Dependence {
    const visit: Visit = { visited: new Set(), whole: new Set(), byRow: true };
    this.visitDecision(decision, visit);
    visit.visited.delete(decision);
    const signature = JSON.stringify([[...visit.visited].sort(), [...visit.whole].sort()]);
    const on = this.known.get(signature) ?? this.expand(visit);
    this.known.set(signature, on);
    return { on, byRow: visit.byRow, signature };
  }

  /** Everything upstream of an artifact, itself included. */
  closureOf(id: string): ReadonlySet<string> {
    const known = this.closures.get(id);
    if (known) return known;
    const closure = new Set([id]);
    // A set yields what is added to it while it is walked.
    for (const each of closure) for (const { to } of this.edgesOf(each)) closure.add(to);
    this.closures.set(id, closure);
    return closure;
  }

  private expand({ visited, whole }: Visit): ReadonlySet<string> {
    const on = new Set(visited);
    for (const id of whole) for (const each of this.closureOf(id)) on.add(each);
    return on;
  }

  private edgesOf(id: string): readonly StoredEdge[] {
    return this.graph.edges.get(id) ?? [];
  }

  private visitDecision(id: string, visit: Visit): void {
    if (visit.visited.has(id)) return;
    visit.visited.add(id);
    for (const { type, to } of this.edgesOf(id)) {
      if (type === 'USED_OUTPUT_OF') this.visitDecision(to, visit);
      else if (type !== 'SCORED') visit.whole.add(to);
      else {
        const key = this.rowKeyOf(id, to);
        if (key) this.visitRows({ dataset: to, key, depth: 1, exact: true }, visit);
        else takeWhole(to, visit);
      }
    }
  }

  private visitRows(start: TracedRow, visit: Visit): void {
    const rows = [start];
    const seen = new Set<string>();
    for (const row of rows) {
      const identity = JSON.stringify([row.dataset, row.key]);
      if (seen.has(identity)) continue;
      seen.add(identity);
      visit.visited.add(row.dataset);
      const { causes, ends } = stepBack(row, this.graph.datasets);
      if (ends === 'NOT_DECLARED' || ends === 'DATASET_NOT_DECLARED') takeWhole(row.dataset, visit);
      // An aggregate does depend on all of its input.
      if (ends === 'AGGREGATED') visit.whole.add(row.dataset);
      if (causes.length > 0)
        this.visitProducers(row.dataset, new Set(causes.map((cause) => cause.dataset)), visit);
      if (causes.some((cause) => !cause.exact)) visit.byRow = false;
      rows.push(...causes);
    }
  }

  /** The runs that wrote a followed row, with what they used besides the inputs through which the row is followed. */
  private visitProducers(dataset: string, followed: ReadonlySet<string>, visit: Visit): void {
    for (const edge of this.edgesOf(dataset)) {
      if (edge.type !== 'PRODUCED_BY') continue;
      visit.visited.add(edge.to);
      const parts = new Set(rowsOf(edge).flatMap(({ from, mode }) => (mode === 'UNION' ? [from] : [])));
      for (const { to } of this.edgesOf(edge.to))
        if (!followed.has(to) && !parts.has(to)) visit.whole.add(to);
    }
  }
}

function takeWhole(dataset: string, visit: Visit): void {
  visit.whole.add(dataset);
  visit.byRow = false;
}
