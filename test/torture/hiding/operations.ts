/**
 * Random valid operations over a world, as a reader of it could ask them to learn more than the reader may: filters, orders,
 * pages and their cursors, counts, paths, nested arguments, variables, fragments, aliases, two questions at once, exports.
 */
import type { Random } from '../random.js';
import {
  fieldsOfArtifact,
  OF_ARTIFACT,
  pick,
  randomQuestion,
  type Choices,
  type Question,
} from './questions.js';

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

export interface Asker {
  /** Nodes that it was told of. */
  readonly knows: readonly number[];
  readonly isGrant: boolean;
  readonly mayReadPersonal: boolean;
  readonly careless: boolean;
}

/** All random choices are made at once, so that both tellings are asked the same. */
export function randomOperation(random: Random, nodes: number, asker: Asker): Asking {
  const { knows } = asker;
  const node = (): number =>
    random(2) === 0 ? (knows[random(knows.length)] ?? random(nodes)) : random(nodes);
  const [a, b] = [node(), node()];
  return { asked: [a, b], told: toldWith(random, a, b, asker) };
}

function toldWith(random: Random, a: number, b: number, asker: Asker): Asking['told'] {
  const door = random(10);
  if (door === 0) {
    const direction = pick(random, ['upstream', 'downstream']);
    // Without a grant, names in PROV-JSON are given in the order in which the database finds things.
    const format = pick(random, ['ndjson', 'csv', 'openlineage', ...(asker.isGrant ? ['prov-json'] : [])]);
    return ({ id }) => ({
      door: 'export',
      path: `/v1/export?of=${encodeURIComponent(id(a))}&direction=${direction}&format=${format}`,
    });
  }
  if (door === 1)
    return ({ id }) => ({ door: 'evidence', path: `/v1/evidence?of=${encodeURIComponent(id(a))}` });
  // Now and then what is closed is asked for all the same.
  const secrets = asker.mayReadPersonal || random(6) === 0;
  return asked({ random, secrets, careless: asker.careless }, a, b, asker.isGrant);
}

function asked(choices: Choices, a: number, b: number, isGrant: boolean): Asking['told'] {
  const { random } = choices;
  const questions = [randomQuestion(choices, isGrant)];
  if (random(5) === 0) questions.push(second(randomQuestion(choices, isGrant)));
  const fields = questions.map(({ text }) => text);
  const shaped = pick(random, questions.length === 1 ? SHAPES : PAIRS)(...(fields as [string, string]));
  const query = spelled(shaped, fieldsOfArtifact(choices), random(3) === 0);
  const types = Object.assign({}, TYPES, ...questions.map((each) => each.types)) as Record<string, string>;
  const used = Object.entries(types).filter(([name]) => new RegExp(`\\$${name}\\b`).test(query));
  const head = `query Asked(${used.map(([name, type]) => `$${name}: ${type}`).join(', ')})`;
  const first = 1 + random(2) * random(3);
  const word = pick(random, ['data', 'n1', 'h1', 'row']);
  return ({ id, namespace }) => ({
    door: 'graphql',
    query: `${head} ${query}`,
    variables: {
      ...{ a: id(a), b: id(b), ns: namespace, first, yes: true, subject: `subject-${id(a)}` },
      search: `${namespace} ${word}`,
      ...(Object.assign({}, ...questions.map(({ variables }) => variables(namespace))) as object),
    },
    pages: questions.length === 1 && query.includes('$after'),
  });
}

/** What is asked of artifacts, in its place or in a fragment. */
function spelled(query: string, fields: string, inFragment: boolean): string {
  if (!inFragment || !query.includes(OF_ARTIFACT)) return query.replaceAll(OF_ARTIFACT, fields);
  return `${query.replaceAll(OF_ARTIFACT, '...Said')} fragment Said on Artifact { ${fields} }`;
}

const TYPES = {
  ...{ a: 'ID!', b: 'ID!', ns: 'String!', first: 'PageSize!', after: 'String', yes: 'Boolean!' },
  ...{ subject: 'String!', search: 'String!' },
} as const;

/** Own variables of the second question get names of their own; it begins at its first page. */
function second({ text, types, variables }: Question): Question {
  const renamed = <T>(each: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(each).map(([name, value]) => [`${name}2`, value]));
  return {
    text: text.replaceAll(/\$(filter|where|sort)\b/g, '$$$12').replaceAll(', after: $after', ''),
    types: renamed(types),
    variables: (namespace) => renamed(variables(namespace)),
  };
}

/** The same question in other clothes; what follows the head of the operation. */
const SHAPES: readonly ((field: string) => string)[] = [
  (field) => `{ ${field} }`,
  (field) => `{ answer: ${field} }`,
  // Names of fields are hidden behind others.
  (field) => `{ ${field.replaceAll(/(?<=[{ ])(id|value|score|total)(?=[ }])/g, 'alias_$1: $1')} }`,
  (field) => `{ ...Asking } fragment Asking on Query { __typename ${field} }`,
  (field) => `{ ... on Query @include(if: $yes) { one: ${field} two: ${field} } }`,
];

/** Two questions beside each other, whose answers could be subtracted. */
const PAIRS: readonly ((one: string, two: string) => string)[] = [
  (one, two) => `{ one: ${one} two: ${two} }`,
  (one, two) =>
    `{ ...One ...Two } fragment One on Query { one: ${one} } fragment Two on Query { two: ${two} @skip(if: false) }`,
];
