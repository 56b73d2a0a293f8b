/** Filtering, counting and grouping the visible artifacts of a walk, as the database does it for everybody else. */
import type { WalkedGroup } from '../../store/lineage-reader.js';
import type { KindCount } from '../../store/lineage-totals.js';
import type { ScopeNode } from '../../store/scope-reader.js';
import type { NodeFilter } from '../../store/walk.js';

/** A visible artifact at its place in an answer; `seq` is its rank among the visible. */
export interface PlacedNode {
  readonly node: ScopeNode;
  readonly depth: number;
  readonly seq: number;
}

/** True if an artifact passes every member that is given. */
export function passes(node: ScopeNode, filter: NodeFilter = {}): boolean {
  const { kinds, namespaces, declared, occurredFrom, occurredTo, classifications, runStates } = filter;
  const { occurredAt, classification, runState } = node;
  return (
    (kinds === undefined || kinds.includes(node.kind)) &&
    (namespaces === undefined || namespaces.includes(node.namespace)) &&
    (declared === undefined || declared === node.declared) &&
    (occurredFrom === undefined || (occurredAt !== undefined && occurredAt >= occurredFrom)) &&
    (occurredTo === undefined || (occurredAt !== undefined && occurredAt < occurredTo)) &&
    (classifications === undefined ||
      (classification !== undefined && classifications.includes(classification))) &&
    (runStates === undefined || (runState !== undefined && runStates.includes(runState)))
  );
}

/** By kind, in its alphabet; by depth, too, nearest first, if wanted. */
export function countNodes(nodes: readonly PlacedNode[], byDepth: boolean): KindCount[] {
  const counts = new Map<string, KindCount>();
  for (const { node, depth } of nodes) {
    const key = byDepth ? `${String(depth)} ${node.kind}` : node.kind;
    const known = counts.get(key);
    counts.set(key, {
      kind: node.kind,
      ...(byDepth ? { depth } : {}),
      deepest: Math.max(depth, known?.deepest ?? 0),
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...counts.values()].sort((a, b) => (a.depth ?? 0) - (b.depth ?? 0) || (a.kind < b.kind ? -1 : 1));
}

/** Artifacts of one name at one depth, or at whatever depth, as one; in the order (nearest depth, oldest). */
export function groupNodes(nodes: readonly PlacedNode[], byDepth: boolean): WalkedGroup[] {
  const groups = new Map<string, WalkedGroup>();
  for (const { node, depth, seq } of nodes) {
    const { id, kind, namespace, name } = node;
    const key = JSON.stringify([kind, namespace, name, byDepth ? depth : null]);
    const known = groups.get(key);
    const oldest = known && known.seq < seq ? known : { id, seq, oldestDepth: depth };
    groups.set(key, {
      ...{ kind, namespace, name },
      depth: Math.min(depth, known?.depth ?? depth),
      deepest: Math.max(depth, known?.deepest ?? depth),
      count: (known?.count ?? 0) + 1,
      ...{ id: oldest.id, seq: oldest.seq, oldestDepth: oldest.oldestDepth },
    });
  }
  return [...groups.values()].sort((a, b) => a.depth - b.depth || a.seq - b.seq);
}
