/** Random lineage graphs as declarations, and what an artifact affects in them by the plainest walk there is. */
import fc from 'fast-check';

import type { ArtifactDeclaration, EdgeDeclaration } from '../../src/domain/declaration.js';

export interface RandomLineage {
  /** In the order in which they are declared: causes may come after their effects. */
  readonly items: readonly ArtifactDeclaration[];
}

const MODES = ['LIVE', 'SHADOW', 'TEST', 'BACKFILL'] as const;
const at = (n: number): number => 1_700_000_000_000 + n;

/** Up to five artifacts of each kind and thirty decisions, with cascades, ties in time and late parents. */
export const randomLineage: fc.Arbitrary<RandomLineage> = fc
  .record({ seeds: fc.array(fc.nat(), { minLength: 400, maxLength: 400 }), decisions: fc.nat({ max: 30 }) })
  .map(({ seeds, decisions }) => ({ items: shuffled(build(seeds, decisions), seeds) }));

function build(seeds: readonly number[], decisions: number): ArtifactDeclaration[] {
  let next = 0;
  const roll = (bound: number): number => (seeds[next++ % seeds.length] as number) % bound;
  const some = (kind: string, below: number, chance: number): string[] =>
    Array.from({ length: below }, (_, i) => urn(kind, i)).filter(() => roll(chance) === 0);
  const edges = (type: EdgeDeclaration['type'], ids: readonly string[]): EdgeDeclaration[] =>
    ids.map((to) => ({ type, to }));
  const plain = Array.from({ length: 5 }, (_, i): ArtifactDeclaration[] => [
    artifact('Dataset', 'dataset', i, edges('PRODUCED_BY', some('transform', i, 2))),
    artifact('Transform', 'transform', i, [
      ...edges('READ', some('dataset', i, 2)),
      ...edges('APPLIED', some('featuredef', i, 4)),
    ]),
    artifact(
      'FeatureDef',
      'featuredef',
      i,
      edges('DERIVED_FROM', [...some('featuredef', i, 3), ...some('dataset', i, 3)]),
    ),
    artifact('Model', 'model', i, [
      ...edges('TRAINED_ON', some('dataset', 5, 4)),
      ...edges('USES', some('featuredef', 5, 5)),
      ...edges('MEMBER', some('model', i, 4)),
    ]),
  ]).flat();
  const made = Array.from({ length: decisions }, (_, i): ArtifactDeclaration => ({
    ...artifact('Prediction', 'prediction', i, [
      { type: 'MADE_BY', to: urn('model', roll(5)) },
      ...some('dataset', 5, 4).map((to): EdgeDeclaration => ({
        type: 'SCORED',
        to,
        props: { role: 'INPUT' },
      })),
      ...edges('USED_OUTPUT_OF', some('prediction', i, 2 + i)),
    ]),
    occurredAt: at(roll(8)),
    fields: { mode: MODES[roll(4)] as (typeof MODES)[number] },
    subjects: [],
  }));
  return [...plain, ...made];
}

function artifact(
  kind: ArtifactDeclaration['kind'],
  word: string,
  i: number,
  edges: readonly EdgeDeclaration[],
): ArtifactDeclaration {
  return { id: urn(word, i), kind, occurredAt: at(0), edges };
}

function urn(word: string, i: number): string {
  return `${word}:t/x@${String(i)}`;
}

/** Moves about a third of the declarations somewhere else. */
function shuffled<T>(items: readonly T[], seeds: readonly number[]): T[] {
  const out = [...items];
  for (let i = 0; i < out.length; i += 3) {
    const j = (seeds[(i * 7) % seeds.length] as number) % out.length;
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/** Everything that depends on a root in what was declared, decisions entered one by one. */
export function affectedBy(root: string, items: readonly ArtifactDeclaration[]): ArtifactDeclaration[] {
  const effects = new Map<string, ArtifactDeclaration[]>();
  for (const item of items) {
    for (const { type, to } of item.edges ?? []) {
      if (type === 'DERIVED_FROM' && to.startsWith('dataset:')) continue;
      effects.set(to, [...(effects.get(to) ?? []), item]);
    }
  }
  const found = new Map<string, ArtifactDeclaration>();
  const queue = [root];
  for (const id of queue) {
    for (const effect of effects.get(id) ?? []) {
      if (found.has(effect.id)) continue;
      found.set(effect.id, effect);
      queue.push(effect.id);
    }
  }
  return [...found.values()];
}
