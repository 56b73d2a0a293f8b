/**
 * Finds the items of a batch that would close a cycle. Only an edge that leaves a node which something already points
 * at can do so: a placeholder being filled, a node mentioned earlier in the batch, an artifact that an attestation adds
 * an edge to. Everything else is skipped without asking the database.
 */
import type { KnownNode } from './batch-plan.js';
import type { PreparedEdge, PreparedEntry } from './prepared-entry.js';

/** What has to be asked: which of `targets` can be reached from which of `starts` along existing edges. */
export interface ReachQuestion {
  readonly starts: readonly string[];
  readonly targets: readonly string[];
}

/** The question to the database for this batch, or undefined if no item can close a cycle through stored edges. */
export function reachQuestion(
  items: readonly PreparedEntry[],
  known: ReadonlyMap<string, KnownNode>,
): ReachQuestion | undefined {
  const targets = new Set<string>();
  const starts = new Set<string>();
  for (const edge of items.flatMap((item) => item.edges)) {
    if (known.has(edge.from)) targets.add(edge.from);
    if (known.has(edge.to)) starts.add(edge.to);
  }
  return targets.size === 0 || starts.size === 0 ? undefined : { starts: [...starts], targets: [...targets] };
}

/**
 * Judges items in batch order: the returned function gives the cycle that an item would close, as ids from the item's
 * artifact back to itself, or undefined; in that case the item's edges count for the items after it.
 */
export function cycleJudge(
  reachable: readonly { readonly start: string; readonly target: string }[],
): (item: PreparedEntry) => readonly string[] | undefined {
  const causes = new Map<string, Set<string>>();
  for (const { start, target } of reachable) causesOf(causes, start).add(target);
  return (item) => {
    const added: PreparedEdge[] = [];
    for (const edge of item.edges) {
      const back = pathBetween(causes, edge.to, edge.from);
      if (back) {
        for (const { from, to } of added) causes.get(from)?.delete(to);
        return [edge.from, ...back];
      }
      if (!causesOf(causes, edge.from).has(edge.to)) added.push(edge);
      causesOf(causes, edge.from).add(edge.to);
    }
    return undefined;
  };
}

function causesOf(causes: Map<string, Set<string>>, id: string): Set<string> {
  let set = causes.get(id);
  if (!set) causes.set(id, (set = new Set()));
  return set;
}

/** A path along known causes, both ends included. */
function pathBetween(
  causes: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): string[] | undefined {
  if (from !== to && !causes.has(from)) return undefined;
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) return pathBack(cameFrom, to);
    for (const cause of causes.get(id) ?? []) {
      if (cameFrom.has(cause)) continue;
      cameFrom.set(cause, id);
      queue.push(cause);
    }
  }
  return undefined;
}

function pathBack(cameFrom: ReadonlyMap<string, string | undefined>, to: string): string[] {
  const path: string[] = [];
  for (let id: string | undefined = to; id !== undefined; id = cameFrom.get(id)) path.unshift(id);
  return path;
}
