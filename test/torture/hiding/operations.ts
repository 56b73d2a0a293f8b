/**
 * Random valid operations over a world, as a reader of it could ask them to learn more than the reader may: filters, orders,
 * pages and their cursors, counts, paths, nested arguments, variables, fragments, aliases, exports.
 */
import type { Random } from '../random.js';
import { DAY_MS, FIRST_DAY } from './world.js';

/** `id(3)` is the third node's id in the telling that is asked. */
export interface Names {
  readonly id: (node: number) => string;
  readonly namespace: string;
}

export type Operation =
  | { readonly door: 'graphql'; readonly query: string; readonly variables: object; readonly pages: boolean }
  | { readonly door: 'export' | 'evidence'; readonly path: string };

export interface Asking {
  /** The nodes that it names. */
  readonly asked: readonly number[];
  readonly told: (names: Names) => Operation;
}

/** All random choices are made at once, so that both tellings are asked the same. */
export function randomOperation(random: Random, nodes: number, personal: boolean): Asking {
  const [a, b] = [random(nodes), random(nodes)];
  return { asked: [a, b], told: toldWith(random, a, b, personal) };
}

function toldWith(random: Random, a: number, b: number, personal: boolean): Asking['told'] {
  const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)]!;
  const door = random(10);
  const direction = pick(['UPSTREAM', 'DOWNSTREAM']);
  const format = pick(['ndjson', 'csv']);
  if (door === 0) {
    return ({ id }) => ({
      door: 'export',
      path: `/v1/export?of=${encodeURIComponent(id(a))}&direction=${direction.toLowerCase()}&format=${format}`,
    });
  }
  if (door === 1)
    return ({ id }) => ({ door: 'evidence', path: `/v1/evidence?of=${encodeURIComponent(id(a))}` });
  // Now and then what is closed is asked for all the same: the refusal must say nothing either.
  const wanted = personal || random(8) === 0;
  const field = withSecrets(pick(FIELDS)(random, direction), wanted);
  const shape = pick(SHAPES);
  const first = 1 + random(3);
  return ({ id, namespace }) => ({
    door: 'graphql',
    query: shape(field),
    variables: { a: id(a), b: id(b), ns: namespace, first, subject: `subject-${id(a)}` },
    pages: field.includes('$after'),
  });
}

const ARTIFACT = `id kind declared occurredAt declaredBy fields
  causes(first: $first) { hidden total totalIsExact truncated items { type from to props } }
  attestations(first: $first) { total truncated items { id type occurredAt fields personal { path state VALUE } } }
  corrections { artifact } personal { path state VALUE }`;
const LISTED = 'id namespace name declared occurredAtMs';

type Field = (random: Random, direction: string) => string;

function withSecrets(field: string, wanted: boolean): string {
  return field
    .replaceAll('VALUE', wanted ? 'value' : '')
    .replaceAll('SECRETS', wanted ? 'subjects explanation' : '')
    .replaceAll('ROWS', wanted ? 'rows { dataset key depth ends }' : '');
}

function depthOf(random: Random): string {
  return random(2) === 0 ? '' : `, depth: ${String(1 + random(4))}`;
}

function kindsOf(random: Random): string {
  return random(3) === 0 ? ', kinds: [Dataset, Model]' : '';
}

function windowOf(random: Random): string {
  const from = new Date(FIRST_DAY + random(10) * DAY_MS).toISOString();
  return random(2) === 0 ? '' : `, from: "${from}"`;
}

/** A guess at a personal score, as a filter, an order or both: what a binary search would ask. */
function guess(random: Random): string {
  const limit = (random(1_000) / 1_000).toFixed(3);
  const filter = ['gt', 'lt', 'eq'][random(3)]!;
  const where = [`score: { ${filter}: ${limit} }`, 'outcome: { startsWith: "DEN" }', 'mode: { eq: "LIVE" }'];
  const sort = ['score', 'outcome', 'occurredAtMs', 'name'][random(4)]!;
  return `where: { namespace: { eq: $ns }, ${where[random(3)]!} } sort: [{ ${sort}: ${['ASC', 'DESC'][random(2)]!} }] limit: $first offset: ${String(random(2))}`;
}

const FIELDS: readonly Field[] = [
  (random, direction) =>
    `lineage(of: $a, direction: ${direction}, first: $first, after: $after${depthOf(random)}${kindsOf(random)}) {
      hasNextPage endCursor totals { nodes maxDepth byKind { kind count } byDepth { kind depth count } }
      root { id depth } nodes { id kind depth artifact { ${ARTIFACT} } edges(first: $first) { hidden total truncated items { type from to props } } }
      decisions { decisions precision total items { model count } }
      incomplete surrogates(first: $first) { total truncated items { id reason kind depth effects causes } } }`,
  (random, direction) =>
    `lineageGroups(of: $a, direction: ${direction}, collapse: ${['DEPTH', 'NAME'][random(2)]!}, first: $first, after: $after${depthOf(random)}) {
      hasNextPage endCursor groups { kind name depth deepest count oldest { id } } }`,
  () => `artifact(id: $a) { ${ARTIFACT} }`,
  () =>
    `trace(prediction: $a) { rowState ROWS incomplete prediction { id outcome score mode personal { path state } SECRETS } features { name state definition { id } VALUE }
      model { id artifact { id fields } trainedOn { id } } steps { id depth job state reads } attestations { about attestation { id fields } }
      completeness { complete checked missing { code artifact message } } corrections { artifact } }`,
  () => 'paths(from: $a, to: $b) { truncated incomplete paths { length steps { from to types } } }',
  () =>
    `diff(a: $a, b: $b, first: $first) { truncated incomplete byKind { kind onlyA onlyB changed shared } fields { field a b }
      onlyA { total items { id kind depth } } onlyB { total items { id kind depth } } changed { total items { a { id } b { id } } } }`,
  (random) =>
    `impact(of: $a${windowOf(random)}) { artifacts { kind count } models { items { id depth } hasNextPage } deployments { total items { model } }
      decisions { total precision byMode { mode count } byModel(first: 2) { total items { model count } } } }`,
  (random) =>
    `impactedDecisions(of: $a, first: $first, after: $after${windowOf(random)}) { precision hasNextPage endCursor items { id decidedAt mode model artifact { ${ARTIFACT} } } }`,
  (random) =>
    `predictions(${guess(random)}) { ${LISTED} outcome score madeBy { id } scoredConnection(sort: [{ node: { name: ASC } }]) { totalCount edges { properties { role } node { id } } } }`,
  (random) =>
    `datasets(where: { namespace: { eq: $ns } } sort: [{ ${['name', 'occurredAtMs'][random(2)]!}: ASC }] limit: $first) { ${LISTED} description readBy(sort: [{ name: ASC }]) { id produced(sort: [{ name: ASC }]) { id } } }`,
  () =>
    `rootCause(suspects: [$a], controls: [$b]) { suspects controls followedByRow precision tested total candidates { artifact { id } } }`,
  () => 'subjectAccesses(subject: $subject) { erasedKeys items { by artifacts } }',
  () => 'accessLog(artifact: $a) { items { by artifacts } }',
];

/** The same question in other clothes. */
const SHAPES: readonly ((field: string) => string)[] = [
  (field) => `${head(field)} { ${field} }`,
  (field) => `${head(field)} { answer: ${field} }`,
  (field) => `${head(field)} { ...Asked } fragment Asked on Query { __typename ${field} }`,
  (field) => `${head(field)} { ... on Query @include(if: true) { one: ${field} two: ${field} } }`,
];

const TYPES = {
  a: 'ID!',
  b: 'ID!',
  ns: 'String!',
  first: 'PageSize!',
  after: 'String',
  subject: 'String!',
} as const;

function head(field: string): string {
  const used = Object.entries(TYPES).filter(([name]) => new RegExp(`\\$${name}\\b`).test(field));
  return `query (${used.map(([name, type]) => `$${name}: ${type}`).join(', ')})`;
}
