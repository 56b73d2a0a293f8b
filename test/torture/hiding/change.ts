/** A world told again with everything changed that a reader may not see, in ways that keep what is visible as it was. */
import type { ArtifactKind } from '../../../src/domain/kinds.js';
import type { Random } from '../random.js';
import { RANGE, typesBetween, type SketchEdge, type SketchNode, type World } from './world.js';

export interface Hiding {
  /** Names of the nodes that the reader does not see. */
  readonly nodes: ReadonlySet<string>;
  /** Kinds of which the reader sees none. */
  readonly kinds: readonly ArtifactKind[];
  /** True if the reader does not learn how what is hidden hangs together either. */
  readonly structure: boolean;
  /** Of the personal values of visible nodes: all of them, or what a mask takes away, or nothing. */
  readonly secrets: 'ALL' | 'WITHIN_RANGE' | 'NONE';
}

export interface Changed {
  readonly world: World;
  /** Where each node of the first telling stands in the second. */
  readonly places: readonly number[];
}

export function changeHidden({ nodes }: World, hiding: Hiding, random: Random): Changed {
  const told: SketchNode[] = [];
  const places: number[] = [];
  /** Beside a hidden node, others that join the same visible ones: by where the node stood. */
  const twins = new Map<number, number>();
  nodes.forEach((node, i) => {
    const edges = node.edges.flatMap((edge) => retell(edge, places, twins));
    if (!hiding.nodes.has(node.name)) {
      places[i] = told.push({ ...node, edges, secret: otherSecret(node, hiding, random) }) - 1;
      return;
    }
    const extra = hiding.structure ? hang(node.kind, told, hiding, random) : [];
    const other = { ...hidden(node, random), edges: [...extra, ...edges] };
    const isMade = nodes.some((each) => each.edges.some(({ type, to }) => type === 'MADE_BY' && to === i));
    if (hiding.structure && !isMade && random(2) === 0)
      twins.set(i, told.push({ ...hidden(node, random), edges: other.edges }) - 1);
    places[i] = told.push(other) - 1;
  });
  return { world: { nodes: told }, places };
}

function otherSecret({ secret }: SketchNode, { secrets }: Hiding, random: Random): number {
  if (secrets === 'NONE') return secret;
  return secrets === 'ALL' ? random(1_000_000) : secret - (secret % RANGE) + random(RANGE);
}

/** A text may name the last of a node's causes, so what is added comes before it. */
function retell(
  edge: SketchEdge,
  places: readonly number[],
  twins: ReadonlyMap<number, number>,
): SketchEdge[] {
  const twin = twins.get(edge.to);
  return [...(twin === undefined ? [] : [{ ...edge, to: twin }]), { ...edge, to: places[edge.to] as number }];
}

/** The time of a decision may be what hides it, so it stays. */
function hidden(node: SketchNode, random: Random): SketchNode {
  return {
    ...node,
    name: `h${String(random(2 ** 31))}`,
    day: node.kind === 'Prediction' ? node.day : random(10),
    ...{ text: random(1_000), secret: random(1_000_000), sealed: random(2) === 0 },
    ...{ attested: random(2) === 0, late: random(3) === 0, declared: node.declared || random(2) === 0 },
  };
}

/** Sometimes one more node of a kind that is hidden anyway, as a cause of a hidden one. */
function hang(from: ArtifactKind, told: SketchNode[], { kinds }: Hiding, random: Random): SketchEdge[] {
  const links = kinds.flatMap((kind) =>
    kind === 'Prediction' ? [] : typesBetween(from, kind).map((type) => ({ kind, type })),
  );
  const link = links.find(({ type }) => type !== 'MADE_BY');
  if (link === undefined || random(2) === 0) return [];
  const { kind, type } = link;
  const node = { kind, name: '', day: 0, text: 0, secret: 0, sealed: false, attested: false };
  const added = { ...node, declared: true, late: false, edges: [] };
  return [{ type, to: told.push(hidden(added, random)) - 1 }];
}
