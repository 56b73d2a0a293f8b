/** `rootCause`: which upstream artifact separates odd decisions from others, ranked, with what speaks against it. */
import { PedigreeError, required } from '../domain/errors.js';
import { parseUrn } from '../domain/urn.js';
import type { Database, StatementRunner } from '../store/database.js';
import type { KeyReader } from '../store/keys/key-store.js';
import { impactListFindings } from '../store/queries.gen.js';
import { resolveAsOf, type AsOfInput } from './as-of.js';
import type { Precision } from './affected-decisions.js';
import { DependenceFinder, type Dependence } from './root-cause-dependence.js';
import { codeDifference, isFinding, rankOf, siblingRuns, type Evidence } from './root-cause-evidence.js';
import { loadUpstream, type UpstreamGraph } from './root-cause-graph.js';
import { associate, type Association } from './root-cause-ranking.js';
import { rowKeysOf, type Looked } from './row-keys.js';

/** Most suspects, and most controls, of one question. */
const MAX_DECISIONS = 1_000;
/** Most findings that are shown of one artifact; `findingsTotal` says how many there are. */
const MAX_FINDINGS = 100;

export interface RootCauseArgs {
  readonly suspects: readonly string[];
  readonly controls: readonly string[];
  readonly asOf?: AsOfInput | null | undefined;
  readonly first: number;
}

export interface Cause extends Association, Evidence {
  readonly findingsTotal: number;
  /** How many other artifacts exactly the same decisions depend on: the numbers cannot tell them apart. */
  readonly alike: number;
}

export interface RootCause {
  readonly asOf: number;
  readonly suspects: number;
  readonly controls: number;
  /** Decisions whose rows were followed all the way. */
  readonly followedByRow: number;
  /** `DATA_SET_LEVEL` if any decision was taken to depend on all of a data set because its row could not be followed. */
  readonly precision: Precision;
  readonly tested: number;
  readonly total: number;
  readonly causes: readonly Cause[];
}

export class RootCauseService {
  constructor(
    private readonly database: Database,
    private readonly keyStore: KeyReader,
  ) {}

  /**
   * Row keys are personal: without `looked` rows are not followed, and `precision` says so.
   *
   * Errors: `BAD_URN`, `URN_KIND_MISMATCH`, `BAD_INPUT`, `NOT_FOUND`, `AS_OF_IN_FUTURE`, `TIMEOUT`.
   */
  async rootCause(args: RootCauseArgs, looked: Looked | undefined): Promise<RootCause> {
    const { suspects, controls } = checkArgs(args);
    return this.database.read(async (runner) => {
      const asOf = await resolveAsOf(args.asOf, runner);
      const graph = await loadUpstream(runner, [...suspects, ...controls], asOf);
      const finder = new DependenceFinder(graph, await rowKeysOf(graph, this.keyStore, looked));
      const of = (id: string): Dependence => finder.of(id);
      const dependences = { suspects: suspects.map(of), controls: controls.map(of) };
      const { items, tested } = associate(dependences.suspects, dependences.controls);
      const controlled = new Set(dependences.controls.flatMap(({ on }) => [...on]));
      const causes = await addEvidence(runner, graph, items, controlled, asOf);
      const all = [...dependences.suspects, ...dependences.controls];
      const followedByRow = all.filter(({ byRow }) => byRow).length;
      return {
        asOf,
        suspects: suspects.length,
        controls: controls.length,
        followedByRow,
        precision: followedByRow === all.length ? 'EXACT' : 'DATA_SET_LEVEL',
        tested,
        total: causes.length,
        causes: causes.sort(byStrength(finder)).slice(0, args.first),
      };
    });
  }
}

async function addEvidence(
  runner: StatementRunner,
  graph: UpstreamGraph,
  items: readonly Association[],
  controlled: ReadonlySet<string>,
  asOf: number,
): Promise<Cause[]> {
  const ids = items.map(({ id }) => id);
  const rows = await runner.run(impactListFindings, { ids, asOf, first: MAX_FINDINGS });
  const found = new Map(rows.map((row) => [row.id, row]));
  const siblings = siblingRuns(graph);
  const patterns = new Map<number, number>();
  for (const { pattern } of items) patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1);
  return items.map((item) => {
    // A sibling that the suspects share with the controls says nothing; one that only controls have does.
    const others = new Set([...(siblings.get(item.id) ?? [])].filter((id) => controlled.has(id)));
    const difference = codeDifference(item.id, graph, others);
    return {
      ...item,
      ...(difference ? { codeDifference: difference } : {}),
      findings: (found.get(item.id)?.findings ?? []).filter(isFinding),
      findingsTotal: found.get(item.id)?.total ?? 0,
      alike: (patterns.get(item.pattern) ?? 1) - 1,
    };
  });
}

/** Strongest association first; where it is the same, strongest evidence, then the most upstream, then by id. */
function byStrength(finder: DependenceFinder): (a: Cause, b: Cause) => number {
  return (a, b) =>
    a.pValue - b.pValue ||
    b.riskDifference - a.riskDifference ||
    rankOf(a) - rankOf(b) ||
    finder.closureOf(a.id).size - finder.closureOf(b.id).size ||
    (a.id < b.id ? -1 : 1);
}

function checkArgs({ suspects, controls }: RootCauseArgs): { suspects: string[]; controls: string[] } {
  const both = { suspects: [...new Set(suspects)], controls: [...new Set(controls)] };
  for (const [name, ids] of Object.entries(both)) {
    if (ids.length < 1 || ids.length > MAX_DECISIONS) {
      throw new PedigreeError(
        'BAD_INPUT',
        required(`"${name}" must name 1 to ${MAX_DECISIONS.toLocaleString('en')} decisions`, ids.length),
      );
    }
    const other = ids.find((id) => parseUrn(id).kind !== 'Prediction');
    if (other !== undefined) {
      throw new PedigreeError('URN_KIND_MISMATCH', required(`"${name}" must be ids of predictions`, other));
    }
  }
  const shared = both.suspects.find((id) => both.controls.includes(id));
  if (shared === undefined) return both;
  throw new PedigreeError(
    'BAD_INPUT',
    required('a decision must be a suspect or a control, not both', shared),
  );
}
