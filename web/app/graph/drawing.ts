/** The visible graph as boxes and lines: groups in place of their members, and the decisions of models as one box each. */
import type { Kind } from '../graphql/operations.gen.js';
import { KIND_WORDS, parseId } from '../parts/artifact-id.js';
import { showCount } from '../parts/number.js';
import { groupsOf, type LineageGraph, type Stop } from './lineage-graph.js';

export interface Box {
  /** Id of the artifact, key of the group, or `decisions:` and the model's id. */
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly detail: string;
  readonly shape: 'artifact' | 'group' | 'decisions';
  readonly stop?: Stop;
  readonly isRoot: boolean;
}

export interface Line {
  readonly id: string;
  /** Box of the effect. */
  readonly effect: string;
  /** Box of the cause. */
  readonly cause: string;
  readonly types: readonly string[];
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface DecisionGroup {
  readonly model: string;
  readonly count: string;
}

export function draw(
  graph: LineageGraph,
  opened: ReadonlySet<string>,
  decisions: readonly DecisionGroup[],
): Drawing {
  const groups = groupsOf(graph, opened);
  const groupOf = new Map(groups.flatMap(({ key, members }) => members.map((id) => [id, key] as const)));
  const single = [...graph.stops.values()].filter(({ id }) => !groupOf.has(id));
  const boxOf = (id: string): string => groupOf.get(id) ?? id;
  const shown = decisions.filter(({ model }) => graph.stops.has(model));
  return {
    boxes: [
      ...single.map((stop) => artifactBox(stop, graph.root)),
      ...groups.map(({ key, kind, members }) => groupBox(key, kind, members)),
      ...shown.map(decisionBox),
    ],
    lines: joinLines([
      ...graph.links.map(({ from, to, types }) => [boxOf(from), boxOf(to), types] as const),
      ...shown.map(({ model }) => [`decisions:${model}`, boxOf(model), ['MADE_BY']] as const),
    ]),
  };
}

function artifactBox(stop: Stop, root: string): Box {
  const { name, version } = parseId(stop.id);
  const detail = stop.declared ? version : `${version} · not declared`;
  return {
    id: stop.id,
    kind: stop.kind,
    title: name,
    detail,
    shape: 'artifact',
    stop,
    isRoot: stop.id === root,
  };
}

function groupBox(id: string, kind: Kind, members: readonly string[]): Box {
  const title = parseId(members[0] ?? '').name;
  const words = kind === 'Transform' ? 'runs' : kind === 'Prediction' ? KIND_WORDS[kind][1] : 'versions';
  return { id, kind, title, detail: `${showCount(members.length)} ${words}`, shape: 'group', isRoot: false };
}

function decisionBox({ model, count }: DecisionGroup): Box {
  const title = `${showCount(count)} ${count === '1' ? 'decision' : 'decisions'}`;
  const detail = `of ${parseId(model).name}`;
  return { id: `decisions:${model}`, kind: 'Prediction', title, detail, shape: 'decisions', isRoot: false };
}

/** Lines between the same two boxes are one; within a group there is none. */
export function joinLines(ends: readonly (readonly [string, string, readonly string[]])[]): Line[] {
  const lines = new Map<string, Line>();
  for (const [effect, cause, types] of ends) {
    if (effect === cause) continue;
    const id = `${effect} ${cause}`;
    const all = new Set([...(lines.get(id)?.types ?? []), ...types]);
    lines.set(id, { id, effect, cause, types: [...all] });
  }
  return [...lines.values()];
}
