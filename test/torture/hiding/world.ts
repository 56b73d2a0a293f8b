/**
 * Random small worlds, each of which can be told twice: as it is, and with everything changed that a reader may not see.
 * Both tellings have ids of the same shape in namespaces of their own, so that they can lie in one database.
 */
import type { Declaration, EdgeDeclaration } from '../../../src/domain/declaration.js';
import { ARTIFACT_KINDS, EDGE_RULES, EDGE_TYPES, type ArtifactKind } from '../../../src/domain/kinds.js';
import type { Random } from '../random.js';

export interface SketchEdge {
  readonly type: EdgeDeclaration['type'];
  /** Index of an earlier node. */
  readonly to: number;
}

export interface SketchNode {
  readonly kind: ArtifactKind;
  readonly name: string;
  /** Day of its time. */
  readonly day: number;
  /** What its open fields are made of. */
  readonly text: number;
  /** What its personal values are made of. */
  readonly secret: number;
  /** Whether its score and outcome are personal, too. */
  readonly sealed: boolean;
  /** Another attestation about it; of a run, how it ended. */
  readonly attested: boolean;
  /** False for a placeholder, which others name and nobody declares. */
  readonly declared: boolean;
  /** Whether it is declared after everything that is not late, and so after what names it. */
  readonly late: boolean;
  readonly edges: readonly SketchEdge[];
}

export interface World {
  readonly nodes: readonly SketchNode[];
}

export const DAY_MS = 86_400_000;
/** The field that a careless author adds to the generated reads: what is personal of a decision, as a number. */
export const GUESSED = 'income';
/** Width of the ranges that it is masked to. */
export const RANGE = 1_000;
export const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');

export function randomWorld(random: Random): World {
  const nodes: SketchNode[] = [];
  const size = 4 + random(7);
  for (let i = 0; i < size; i++) nodes.push(randomNode(random, nodes));
  const named = random(2) === 0 ? random(size) : -1;
  const isNamed = nodes.some(({ edges }) => edges.some(({ to }) => to === named));
  const placeholder = nodes[named];
  if (isNamed && placeholder && placeholder.kind !== 'Prediction')
    nodes[named] = { ...placeholder, declared: false, attested: false, edges: [] };
  return { nodes };
}

function randomNode(random: Random, before: readonly SketchNode[]): SketchNode {
  const wanted = ARTIFACT_KINDS[random(ARTIFACT_KINDS.length)]!;
  const model = before.findLastIndex(({ kind }) => kind === 'Model');
  const kind = wanted === 'Prediction' && model < 0 ? 'Dataset' : wanted;
  const edges = new Map<string, SketchEdge>();
  if (kind === 'Prediction') edges.set('made', { type: 'MADE_BY', to: model });
  for (let n = random(4); before.length > 0 && n > 0; n--) {
    const to = random(before.length);
    const types = typesBetween(kind, before[to]!.kind).filter((type) => type !== 'MADE_BY');
    const type = types[random(Math.max(1, types.length))];
    if (type) edges.set(`${type} ${String(to)}`, { type, to });
  }
  return {
    ...{ kind, name: `n${String(before.length)}`, day: random(10), text: random(1_000) },
    ...{ secret: random(1_000_000), sealed: random(2) === 0, attested: random(3) === 0 },
    ...{ declared: true, late: random(3) === 0, edges: [...edges.values()] },
  };
}

/** Types of edges that may lead from one kind to another. */
export function typesBetween(from: ArtifactKind, to: ArtifactKind): EdgeDeclaration['type'][] {
  // What binds an unversioned read comes as an attestation only.
  return EDGE_TYPES.filter(
    (type) =>
      type !== 'RESOLVED_TO' && EDGE_RULES[type].from.includes(from) && EDGE_RULES[type].to.includes(to),
  );
}

export function idIn(namespace: string, { kind, name }: Pick<SketchNode, 'kind' | 'name'>): string {
  return `${kind.toLowerCase()}:${namespace}/${name}@1`;
}

/** The declarations of a world in a namespace. */
export function tell({ nodes }: World, namespace: string): Declaration[] {
  const inTime = nodes.filter(({ late }) => !late);
  return [...inTime, ...nodes.filter(({ late }) => late)].flatMap((node) => {
    if (!node.declared) return [];
    const id = idIn(namespace, node);
    const edges = node.edges.map(({ type, to }): EdgeDeclaration => {
      const edge = { type, to: idIn(namespace, nodes[to]!) };
      if (type !== 'SCORED') return edge;
      return { ...edge, props: { role: 'INPUT' }, row: [`row-${String(node.secret)}`, node.secret] };
    });
    const occurredAt = FIRST_DAY + node.day * DAY_MS;
    const about = node.attested ? [attestation(id, namespace, node)] : [];
    return [{ id, kind: node.kind, occurredAt, edges, ...contentOf(node, namespace, nodes) }, ...about];
  });
}

function contentOf(node: SketchNode, namespace: string, nodes: readonly SketchNode[]): object {
  // A text that names another node: of a hidden one, the name must not come through.
  const named = node.edges.at(-1);
  const description = `text ${String(node.text)} ${named ? `from ${idIn(namespace, nodes[named.to]!)}` : ''}`;
  const classification = (['PUBLIC', 'PERSONAL'] as const)[node.text % 2];
  const isClassified = node.kind === 'Dataset' || node.kind === 'FeatureDef';
  if (node.kind !== 'Prediction')
    return { fields: { description, ...(isClassified ? { classification } : {}) } };
  const { secret, sealed } = node;
  return {
    subjects: [`subject-${String(secret)}`],
    ...(sealed ? { personal: ['score', 'outcome'] } : {}),
    fields: {
      outcome: sealed && secret % 2 === 0 ? 'DENIED' : 'APPROVED',
      score: sealed ? secret / 1_000_000 : node.text / 1_000,
      explanation: `because ${String(secret)}`,
    },
    features: { income: { value: secret, contribution: (secret % 7) - 3 }, age: { value: secret % 90 } },
  };
}

function attestation(
  about: string,
  namespace: string,
  { kind, name, secret, text }: SketchNode,
): Declaration {
  const id = `attestation:${namespace}/about-${name}@1`;
  const base = { id, kind: 'Attestation', about: [about], occurredAt: FIRST_DAY } as const;
  if (kind === 'Transform')
    return { ...base, type: 'SUPPLEMENTS', fields: { state: text % 2 === 0 ? 'COMPLETED' : 'FAILED' } };
  if (kind !== 'Prediction') return { ...base, type: 'x-note', fields: { note: `note ${String(text)}` } };
  return {
    ...base,
    type: 'HUMAN_DECISION',
    subjects: [`subject-${String(secret)}`],
    fields: { decision: 'UPHELD', explanation: `letter ${String(secret)}` },
  };
}
