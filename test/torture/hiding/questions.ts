/** What the readers of a world ask, with every argument that the schema lets them choose; `$a` and `$b` are two of its artifacts. */
import { EDGE_TYPES } from '../../../src/domain/kinds.js';
import type { Random } from '../random.js';
import { filterOf, listOf, NO_ARGUMENTS, type Arguments } from './filters.js';
import { FIRST_DAY, DAY_MS } from './world.js';

/** A field of the query, with the variables that are its own: `$filter`, `$where`, `$sort`. */
export type Question = Arguments;

export interface Choices {
  readonly random: Random;
  /** Whether what is personal is asked for, too. */
  readonly secrets: boolean;
  /** Whether a field that a careless author has opened to filters and orders is guessed at. */
  readonly careless: boolean;
}

type Ask = (choices: Choices) => string | Question;

const EDGES = 'total truncated items { type from to props }';

/** Stands in a question for what is asked of an artifact. */
export const OF_ARTIFACT = 'OF_ARTIFACT';

/** Of an artifact, everything that a grant may open. */
const ARTIFACT_FIELDS = `id kind declared occurredAt declaredBy fields
  causes(first: $first) { hidden totalIsExact ${EDGES} }
  attestations(first: $first) { total truncated items { id type occurredAt fields personal { path state VALUE } } }
  corrections { artifact } personal { path state VALUE }`;
const LISTED = 'id namespace name declared occurredAtMs';

/** What a grant's holder may ask. */
const OF_GRANTS: readonly Ask[] = [
  ({ random }) => {
    const filter = filterOf(random);
    const args = `of: $a, direction: ${way(random)}, first: $first, after: $after${depth(random)}${kinds(random)}${edges(random)}${filter.text}`;
    return {
      ...filter,
      text: `lineage(${args}) {
        hasNextPage endCursor totals { nodes maxDepth byKind { kind count } byDepth { kind depth count } }
        root { id depth } nodes { id kind depth artifact { ${OF_ARTIFACT} } edges(first: $first) { hidden ${EDGES} } }
        decisions { decisions precision total items { model count } }
        incomplete surrogates(first: 1000) { total truncated items { id reason kind depth effects causes } } }`,
    };
  },
  ({ random }) =>
    `lineageGroups(of: $a, direction: ${way(random)}, collapse: ${pick(random, ['DEPTH', 'NAME'])}, first: $first, after: $after${depth(random)}${kinds(random)}) {
      hasNextPage endCursor incomplete groups { kind name depth deepest count oldest { id } } }`,
  () => `artifact(id: $a) { ${OF_ARTIFACT} }`,
  () =>
    `trace(prediction: $a) { rowState ROWS incomplete prediction { id outcome score mode personal { path state } SECRETS } features { name state definition { id } VALUE }
      model { id artifact { id fields } trainedOn { id } } steps { id depth job state reads } attestations { about attestation { id fields } }
      completeness { complete checked missing { code artifact message } } corrections { artifact } }`,
  () => 'paths(from: $a, to: $b) { truncated incomplete paths { length steps { from to types } } }',
  () =>
    `diff(a: $a, b: $b, first: $first) { truncated incomplete byKind { kind onlyA onlyB changed shared } fields { field a b }
      onlyA { total items { id kind depth } } onlyB { total items { id kind depth } } changed { total items { a { id } b { id } } } }`,
  ({ random }) =>
    `impact(of: $a${window(random)}) { artifacts { kind count } models { items { id depth } hasNextPage } deployments { total items { model } }
      decisions { total precision byMode { mode count } byModel(first: 2) { total items { model count } } } }`,
  ({ random }) =>
    `impactedDecisions(of: $a, first: $first, after: $after${window(random)}) { precision hasNextPage endCursor items { id decidedAt mode model artifact { ${OF_ARTIFACT} } } }`,
  () => 'inclusionProof(of: $a) { leafIndex treeSize leafHash root hashes }',
  () => 'evidence(of: $a) { of asOf entries treeSize file }',
];

/** Generated lists, where a careless author's field would be. */
const LISTS_OF_DECISIONS: readonly Ask[] = [
  (choices) => {
    const list = listOf(choices.random, 'Prediction', choices.careless);
    return {
      ...list,
      text: `predictions(${list.text}) { ${LISTED} outcome score madeBy { id } scoredConnection(sort: [{ node: { name: ASC } }]) { totalCount edges { properties { role } node { id } } } }`,
    };
  },
  (choices) => {
    const list = listOf(choices.random, 'Prediction', choices.careless);
    return {
      ...list,
      text: `predictions(where: { namespace: { eq: $ns } } sort: [{ name: ASC }] limit: $first) { id usedOutputOf(${list.text}) { ${LISTED} outcome score } }`,
    };
  },
];

/** What a role may ask besides. */
const OF_ROLES: readonly Ask[] = [
  ...LISTS_OF_DECISIONS,
  ({ random }) => {
    const list = listOf(random, 'Dataset', false);
    return {
      ...list,
      text: `datasets(${list.text}) { ${LISTED} description readBy(sort: [{ name: ASC }]) { id produced(sort: [{ name: ASC }]) { id } } }`,
    };
  },
  () =>
    'search(text: $search, first: $first, after: $after) { hasNextPage endCursor items { match matched artifact { id } } }',
  ({ random }) =>
    `attestations(of: $a, first: $first, after: $after${random(2) === 0 ? ', types: ["x-note", "HUMAN_DECISION"]' : ''}) {
      hasNextPage endCursor items { id type fields personal { path state VALUE } } }`,
  () => 'columnLineage(of: { id: $a }, direction: UPSTREAM) { columns { depth } }',
  () =>
    `rootCause(suspects: [$a], controls: [$b]) { suspects controls followedByRow precision tested total candidates { artifact { id } } }`,
  () => 'subjectAccesses(subject: $subject) { erasedKeys items { by artifacts } }',
  () => 'accessLog(artifact: $a) { items { by artifacts } }',
];

/** A question of a reader; now and then one that the reader may not ask, because the refusal must say nothing either. */
export function randomQuestion(choices: Choices, isGrant: boolean): Question {
  const { random, secrets, careless } = choices;
  const isOther = random(isGrant ? 12 : 2) === 0;
  const among = careless ? LISTS_OF_DECISIONS : isGrant === isOther ? OF_ROLES : OF_GRANTS;
  const asked = pick(random, among)(choices);
  const question = typeof asked === 'string' ? { ...NO_ARGUMENTS, text: asked } : asked;
  return { ...question, text: withSecrets(question.text, secrets) };
}

/** What stands for `OF_ARTIFACT`. */
export function fieldsOfArtifact({ secrets }: Choices): string {
  return withSecrets(ARTIFACT_FIELDS, secrets);
}

function withSecrets(text: string, wanted: boolean): string {
  return text
    .replaceAll('VALUE', wanted ? 'value' : '')
    .replaceAll('SECRETS', wanted ? 'subjects explanation' : '')
    .replaceAll('ROWS', wanted ? 'rows { dataset key depth ends }' : '');
}

function way(random: Random): string {
  return pick(random, ['UPSTREAM', 'DOWNSTREAM']);
}

function depth(random: Random): string {
  return random(2) === 0 ? '' : `, depth: ${String(1 + random(4))}`;
}

function kinds(random: Random): string {
  return random(3) === 0 ? ', kinds: [Dataset, Model]' : '';
}

function edges(random: Random): string {
  if (random(3) > 0) return '';
  return `, edges: [${EDGE_TYPES.filter(() => random(2) === 0).join(', ') || 'READ'}]`;
}

function window(random: Random): string {
  const from = new Date(FIRST_DAY + random(10) * DAY_MS).toISOString();
  return random(2) === 0 ? '' : `, from: "${from}"`;
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)] as T;
}
