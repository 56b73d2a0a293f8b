/** Random lineages for property tests: any shape that the edge rules allow, declared in any order. */
import fc from 'fast-check';

import type {
  AttestationDeclaration,
  Declaration,
  EdgeDeclaration,
  EdgeRef,
} from '../../src/domain/declaration.js';
import { ARTIFACT_KINDS, EDGE_RULES, EDGE_TYPES, type ArtifactKind } from '../../src/domain/kinds.js';

interface Sketch {
  readonly kind: ArtifactKind;
  readonly picks: readonly { readonly target: number; readonly type: number }[];
  /** Left out: a placeholder wherever something names it. */
  readonly declared: boolean;
}

export interface RandomLineage {
  /** In the order of their declaration, which need not be that of cause and effect. */
  readonly items: readonly Declaration[];
  /** Attestations that take some of the edges back, to be declared afterwards. */
  readonly corrections: readonly AttestationDeclaration[];
}

const sketch: fc.Arbitrary<Sketch> = fc.record({
  kind: fc.constantFrom(...ARTIFACT_KINDS),
  picks: fc.array(fc.record({ target: fc.nat(), type: fc.nat() }), { maxLength: 5 }),
  declared: fc.boolean(),
});

/** Lineages of up to `maxNodes` artifacts in a namespace of their own. */
export function randomLineage(namespace: () => string, maxNodes: number): fc.Arbitrary<RandomLineage> {
  return fc
    .record({
      sketches: fc.array(sketch, { minLength: 2, maxLength: maxNodes }),
      order: fc.array(fc.nat(), { minLength: maxNodes, maxLength: maxNodes }),
      withdrawn: fc.array(fc.nat(), { maxLength: 4 }),
    })
    .map(({ sketches, order, withdrawn }) => {
      const place = namespace();
      const items = toItems(sketches, place);
      const shuffled = items
        .map((item, i) => ({ item, rank: order[i]! }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ item }) => item);
      return { items: shuffled, corrections: toCorrections(items, withdrawn, place) };
    });
}

/** Edges lead to earlier sketches only, so nothing leads back to itself. */
function toItems(sketches: readonly Sketch[], namespace: string): Declaration[] {
  const ids: { readonly id: string; readonly kind: ArtifactKind }[] = [];
  const items: Declaration[] = [];
  sketches.forEach(({ kind: wanted, picks, declared }, i) => {
    const model = ids.findLast((other) => other.kind === 'Model');
    const kind = wanted === 'Prediction' && model === undefined ? 'Dataset' : wanted;
    const id = `${kind.toLowerCase()}:${namespace}/n${i}@1`;
    const edges = new Map<string, EdgeDeclaration>();
    if (kind === 'Prediction') edges.set('MADE_BY', { type: 'MADE_BY', to: model!.id });
    for (const { target, type } of ids.length === 0 ? [] : picks) {
      const edge = edgeBetween(kind, ids[target % ids.length]!, type);
      if (edge && edge.type !== 'MADE_BY') edges.set(`${edge.type} ${edge.to}`, edge);
    }
    ids.push({ id, kind });
    const subjects = kind === 'Prediction' ? { subjects: [] } : {};
    if (declared || i % 3 > 0)
      items.push({ id, kind, occurredAt: i, edges: [...edges.values()], ...subjects });
  });
  return items;
}

function edgeBetween(
  from: ArtifactKind,
  to: { readonly id: string; readonly kind: ArtifactKind },
  choice: number,
): EdgeDeclaration | undefined {
  const types = EDGE_TYPES.filter(
    (type) => EDGE_RULES[type].from.includes(from) && EDGE_RULES[type].to.includes(to.kind),
  );
  const type = types[choice % Math.max(types.length, 1)];
  if (type === undefined) return undefined;
  return { type, to: to.id, ...(type === 'SCORED' ? { props: { role: 'INPUT' } } : {}) };
}

function toCorrections(
  items: readonly Declaration[],
  withdrawn: readonly number[],
  namespace: string,
): AttestationDeclaration[] {
  const edges = items.flatMap(({ id, edges: own = [] }) =>
    own.map(({ type, to }): EdgeRef => ({ type, from: id, to })),
  );
  const chosen = edges.length === 0 ? [] : [...new Set(withdrawn.map((i) => edges[i % edges.length]!))];
  return chosen.map((edge, i) => ({
    id: `attestation:${namespace}/c${i}@1`,
    kind: 'Attestation',
    type: 'CORRECTS',
    about: [edge.from],
    occurredAt: 0,
    fields: { reason: 'was never so' },
    withdraws: [edge],
  }));
}
