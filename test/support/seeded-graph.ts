/** A graph of data sets, runs, features and models in a shape that a seed decides. */
import type { Declaration } from '../../src/domain/declaration.js';
import type { EdgeDeclaration } from '../../src/domain/declaration.js';
import { artifact, edge } from './declarations.js';

export interface SeededGraph {
  readonly declarations: readonly Declaration[];
  /** Three of its artifacts, at its beginning, in its middle and at its end. */
  readonly roots: readonly string[];
}

const KINDS = ['Dataset', 'Transform', 'FeatureDef', 'Model'] as const;
type Kind = (typeof KINDS)[number];

/** Edges that there may be, from effect to cause. */
const EDGES: Readonly<Record<Kind, Readonly<Partial<Record<Kind, string>>>>> = {
  Dataset: { Transform: 'PRODUCED_BY' },
  Transform: { Dataset: 'READ', FeatureDef: 'APPLIED' },
  FeatureDef: { FeatureDef: 'DERIVED_FROM', Dataset: 'DERIVED_FROM' },
  Model: { Dataset: 'TRAINED_ON', Transform: 'TRAINED_BY', FeatureDef: 'USES', Model: 'TUNED_FROM' },
};

/** `count` artifacts, each after what it comes from; some share a name, as versions of it. */
export function seededGraph(seed: number, count: number): SeededGraph {
  const random = generator(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const made: { readonly id: string; readonly kind: Kind }[] = [];
  const declarations: Declaration[] = [];
  for (let i = 0; i < count; i += 1) {
    const kind = KINDS[below(KINDS.length)] ?? 'Dataset';
    const [name, version] = below(4) === 0 ? ['often', i] : [`n${String(i)}`, 1];
    const id = `${kind.toLowerCase()}:test/${name}@${String(version)}`;
    const wanted = Array.from({ length: below(4) }, () => made[below(made.length)]);
    const edges = wanted.flatMap((to) => edgeTo(kind, to));
    declarations.push({ ...artifact(kind, name, unique(edges)), id });
    made.push({ id, kind });
  }
  const roots = [0, Math.floor(count / 2), count - 1].map((i) => made[i]?.id ?? '');
  return { declarations, roots };
}

function edgeTo(kind: Kind, to: { readonly id: string; readonly kind: Kind } | undefined): EdgeDeclaration[] {
  const type = to && EDGES[kind][to.kind];
  return to && type !== undefined ? [edge(type as EdgeDeclaration['type'], to.id)] : [];
}

function unique(edges: readonly EdgeDeclaration[]): EdgeDeclaration[] {
  return [...new Map(edges.map((item) => [`${item.type} ${item.to}`, item])).values()];
}

/** A small congruential generator (Numerical Recipes): from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
