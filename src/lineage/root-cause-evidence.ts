/**
 * What tells artifacts apart on which the same decisions depend. A run whose code differs from that of its siblings among
 * the controls comes first: that is where the suspects' lineage was made differently. Then what was found faulty, then
 * the rest; within each the most upstream first, because what follows it only passes the fault on.
 */
import { parseUrn } from '../domain/urn.js';
import { openValues, type StoredProps } from '../store/stored-values.js';
import type { UpstreamGraph } from './root-cause-graph.js';
import { rowsOf } from './row-trace.js';

/** A run's code beside that of the runs that did the same work for controls. */
export interface CodeDifference {
  /** `repository@commit`, with `:path` where it is known. */
  readonly code: string;
  readonly siblings: readonly { readonly id: string; readonly code: string }[];
}

export interface Evidence {
  readonly codeDifference?: CodeDifference;
  /** Failed checks, drift and incidents about the artifact, newest first. */
  readonly findings: readonly StoredProps[];
}

/** True for an attestation that speaks against what it is about. */
export function isFinding(props: StoredProps): boolean {
  const values = openValues(props);
  if (props.type === 'CONTRACT_CHECK') return values.get('value/passed') === false;
  return props.type === 'DRIFT' ? values.get('value/drifted') === true : props.type === 'INCIDENT';
}

/** 0 for the strongest evidence. */
export function rankOf({ codeDifference, findings }: Evidence): number {
  if (codeDifference) return 0;
  return findings.length > 0 ? 1 : 2;
}

/**
 * How a run's code differs from that of all its siblings on which controls depend; undefined if it does not, or if it has
 * none. Siblings are runs of the same job, and runs that made the other parts of a union.
 */
export function codeDifference(
  run: string,
  graph: UpstreamGraph,
  siblings: ReadonlySet<string>,
): CodeDifference | undefined {
  const code = codeOf(graph.nodes.get(run));
  if (code === undefined) return undefined;
  const others = [...siblings].flatMap((id) => {
    const other = codeOf(graph.nodes.get(id));
    return other === undefined ? [] : [{ id, code: other }];
  });
  return others.length === 0 || others.some((other) => other.code === code)
    ? undefined
    : { code, siblings: others };
}

/** For each run of the graph, the runs that do the same work: of the same job, or for another part of one union. */
export function siblingRuns(graph: UpstreamGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const teams = [...sameJob(graph), ...samePlace(graph)].filter((team) => team.length > 1);
  const siblings = new Map<string, Set<string>>();
  for (const team of teams) {
    for (const run of team) {
      const others = siblings.get(run) ?? new Set();
      for (const other of team) if (other !== run) others.add(other);
      siblings.set(run, others);
    }
  }
  return siblings;
}

function sameJob({ nodes }: UpstreamGraph): string[][] {
  const jobs = new Map<string, string[]>();
  for (const id of nodes.keys()) {
    if (!id.startsWith('transform:')) continue;
    const { namespace, name } = parseUrn(id);
    const job = JSON.stringify([namespace, name]);
    jobs.set(job, [...(jobs.get(job) ?? []), id]);
  }
  return [...jobs.values()];
}

function samePlace({ edges }: UpstreamGraph): string[][] {
  const producersOf = (dataset: string): string[] =>
    (edges.get(dataset) ?? []).flatMap(({ type, to }) => (type === 'PRODUCED_BY' ? [to] : []));
  return [...edges.values()]
    .flat()
    .filter(({ type }) => type === 'PRODUCED_BY')
    .map((edge) =>
      rowsOf(edge)
        .filter(({ mode }) => mode === 'UNION')
        .flatMap(({ from }) => producersOf(from)),
    );
}

function codeOf(props: StoredProps | undefined): string | undefined {
  const code = props && openValues(props).get('value/code');
  if (code === undefined) return undefined;
  const { repository, commit, path } = code as { repository: string; commit: string; path?: string };
  return `${repository}@${commit}${path === undefined ? '' : `:${path}`}`;
}
