/** What differs between two ancestries: pure, and a mirror of itself when the two change places. */
import type { Json } from '../domain/json.js';
import type { ArtifactKind } from '../domain/kinds.js';
import type { ClosureNode } from '../store/closure-reader.js';
import { openValues, type StoredProps } from '../store/stored-values.js';

/** Two versions of one artifact, one in each ancestry. */
export interface ChangedPair {
  readonly a: ClosureNode;
  readonly b: ClosureNode;
}

export interface AncestryDiff {
  readonly onlyA: readonly ClosureNode[];
  readonly onlyB: readonly ClosureNode[];
  readonly changed: readonly ChangedPair[];
  readonly byKind: readonly KindDiff[];
}

export interface KindDiff {
  readonly kind: ArtifactKind;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly changed: number;
  /** In both ancestries. */
  readonly shared: number;
}

/** A field with another value; a side is left out where the artifact has no such field. */
export interface FieldDifference {
  readonly field: string;
  readonly a?: Json;
  readonly b?: Json;
}

/**
 * Nodes of one ancestry alone; those of the same kind, namespace and name are joined to pairs: nearest with nearest,
 * as far as there are two. All lists are ordered by depth, then id, a pair by its nearer member.
 */
export function diffAncestries(a: readonly ClosureNode[], b: readonly ClosureNode[]): AncestryDiff {
  const [inA, inB] = [idsOf(a), idsOf(b)];
  const restA = byName(a.filter(({ id }) => !inB.has(id)));
  const restB = byName(b.filter(({ id }) => !inA.has(id)));
  const changed: ChangedPair[] = [];
  for (const [name, ofA] of restA) {
    const ofB = restB.get(name) ?? [];
    const pairs = Math.min(ofA.length, ofB.length);
    for (const [i, first] of ofA.splice(0, pairs).entries()) {
      changed.push({ a: first, b: ofB[i] as ClosureNode });
    }
    ofB.splice(0, pairs);
  }
  const lists = {
    onlyA: [...restA.values()].flat().sort(nearest),
    onlyB: [...restB.values()].flat().sort(nearest),
    changed: changed.sort(nearestPair),
  };
  const shared = a.filter(({ id }) => inB.has(id));
  return { ...lists, byKind: countByKind({ ...lists, shared }) };
}

/** The open fields of two artifacts that differ, by name. Personal values are not compared. */
export function diffFields(a: StoredProps | undefined, b: StoredProps | undefined): FieldDifference[] {
  const [ofA, ofB] = [fieldsOf(a), fieldsOf(b)];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].sort().flatMap((field) => {
    const [left, right] = [ofA.get(field), ofB.get(field)];
    // Both come out of canonical JSON, so equal values have equal texts.
    if (JSON.stringify(left) === JSON.stringify(right)) return [];
    return [
      { field, ...(left === undefined ? {} : { a: left }), ...(right === undefined ? {} : { b: right }) },
    ];
  });
}

const FIELD = /^value\/(?!features\/)(.*)$/;

function fieldsOf(props: StoredProps | undefined): Map<string, Json> {
  const values = [...openValues(props ?? {})];
  return new Map(
    values.flatMap(([path, value]) => {
      const [, field] = FIELD.exec(path) ?? [];
      return field === undefined ? [] : [[field, value] as const];
    }),
  );
}

function idsOf(nodes: readonly ClosureNode[]): ReadonlySet<string> {
  return new Set(nodes.map(({ id }) => id));
}

/** By everything of the id but its version, nearest first. */
function byName(nodes: readonly ClosureNode[]): Map<string, ClosureNode[]> {
  const groups = new Map<string, ClosureNode[]>();
  for (const node of nodes.toSorted(nearest)) {
    const name = node.id.slice(0, node.id.lastIndexOf('@'));
    const group = groups.get(name);
    if (group) group.push(node);
    else groups.set(name, [node]);
  }
  return groups;
}

function nearest(a: ClosureNode, b: ClosureNode): number {
  return a.depth - b.depth || (a.id < b.id ? -1 : 1);
}

function nearestPair(x: ChangedPair, y: ChangedPair): number {
  return nearest(nearer(x), nearer(y));
}

function nearer({ a, b }: ChangedPair): ClosureNode {
  return nearest(a, b) < 0 ? a : b;
}

function countByKind(lists: {
  readonly onlyA: readonly ClosureNode[];
  readonly onlyB: readonly ClosureNode[];
  readonly changed: readonly ChangedPair[];
  readonly shared: readonly ClosureNode[];
}): KindDiff[] {
  const nodes = {
    onlyA: lists.onlyA,
    onlyB: lists.onlyB,
    changed: lists.changed.map(({ a }) => a),
    shared: lists.shared,
  };
  const kinds = new Map<ArtifactKind, Record<keyof typeof nodes, number>>();
  for (const name of Object.keys(nodes) as (keyof typeof nodes)[]) {
    for (const { kind } of nodes[name]) {
      const counts = kinds.get(kind) ?? { onlyA: 0, onlyB: 0, changed: 0, shared: 0 };
      counts[name] += 1;
      kinds.set(kind, counts);
    }
  }
  return [...kinds].map(([kind, counts]) => ({ kind, ...counts })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
