/** Tells worlds twice, asks both the same as the same reader, and compares the answers. */
import { ARTIFACT_KINDS } from '../../../src/domain/kinds.js';
import { attestation } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import type { TestServer } from '../../support/server.js';
import type { Declaration } from '../../../src/domain/declaration.js';
import { randomFrom, type Random } from '../random.js';
import { changeHidden, type Hiding } from './change.js';
import { alike, type Answered } from './compare.js';
import { randomOperation, type Names, type Operation } from './operations.js';
import { formsOf } from './forms.js';
import { grantInput, MASKING, randomReader, randomRole, type ReaderSketch } from './readers.js';
import { visibleUnder } from './visible.js';
import { idIn, randomWorld, tell, type World } from './world.js';

/** Cycles whose declarations go together. */
const BATCH = 50;
const PAGES = 3;

export interface Findings {
  /** Cycles in which something was hidden from the reader. */
  readonly hiding: number;
  readonly granted: number;
  /** Answers that were not a refusal. */
  readonly answered: number;
  /** Of these, in how many something was hidden, by the forms in which they were asked. */
  readonly forms: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** One telling of a world. */
interface Told {
  readonly world: World;
  readonly names: Names;
}

/** The same, and the token with which it is read. */
interface Telling extends Told {
  readonly token: string;
}

interface Cycle {
  readonly number: number;
  readonly random: Random;
  readonly reader: ReaderSketch;
  first: Telling;
  second?: Telling;
  hiding: number;
}

export interface Comparison {
  readonly cycles: number;
  readonly seed: number;
  readonly from?: number;
  /** How many violations are enough. */
  readonly most?: number;
  /** Writes what a careless author keeps in the open, of one telling; readers then guess at it. */
  readonly betray?: (world: World, names: Names) => Promise<void>;
}

const DECLARE_PROFILE = `mutation ($profile: RedactionProfileInput!) {
  declareRedactionProfile(profile: $profile) { digest }
}`;

export async function compareTellings(
  server: TestServer,
  { cycles, seed, from = 0, most = 3, betray }: Comparison,
): Promise<Findings> {
  const found = {
    hiding: 0,
    granted: 0,
    answered: 0,
    forms: {} as Record<string, number>,
    violations: [] as string[],
  };
  await server.ask(DECLARE_PROFILE, { profile: MASKING });
  for (let start = from; start < from + cycles && found.violations.length < most; start += BATCH) {
    const count = Math.min(BATCH, from + cycles - start);
    const batch = Array.from({ length: count }, (_, i) => begin(start + i, seed, betray !== undefined));
    await tellBoth(server, batch, betray);
    // Together, because what is recorded of reads is committed in groups.
    const answers = await Promise.all(batch.map((cycle) => askBoth(server, cycle, betray !== undefined)));
    batch.forEach((cycle, i) => {
      const { one, two, forms } = answers[i] as Answers;
      const isAnswered = one.startsWith('200 ') && !one.includes('"errors":');
      found.hiding += cycle.hiding > 0 ? 1 : 0;
      found.granted += 'grant' in cycle.reader ? 1 : 0;
      found.answered += isAnswered ? 1 : 0;
      if (isAnswered && cycle.hiding > 0)
        for (const form of forms) found.forms[form] = (found.forms[form] ?? 0) + 1;
      if (one !== two) found.violations.push(describe(cycle, seed, one, two));
    });
  }
  return found;
}

async function tellBoth(
  server: TestServer,
  batch: readonly Cycle[],
  betray: Comparison['betray'],
): Promise<void> {
  await server.declareAll(batch.flatMap(({ first }) => tell(first.world, first.names.namespace)));
  await Promise.all(
    batch.map(async (cycle) => {
      await betray?.(cycle.first.world, cycle.first.names);
      cycle.first = { ...cycle.first, token: await tokenFor(server, cycle.reader, cycle.first.names) };
    }),
  );
  const seconds = batch.map(toldAgain);
  await server.declareAll(seconds.flatMap(({ world, names }) => tell(world, names.namespace)));
  await Promise.all(
    batch.map(async (cycle, i) => {
      const { world, names } = seconds[i] as Told;
      await betray?.(world, names);
      cycle.second = { world, names, token: await tokenFor(server, cycle.reader, names) };
    }),
  );
  // What is recorded after a grant's point must not matter to its holder.
  const later = batch.flatMap(({ reader }, i) =>
    'grant' in reader ? declaredLater(seconds[i] as Told) : [],
  );
  if (later.length > 0) await server.declareAll(later);
}

function toldAgain(cycle: Cycle): Told {
  const { world, names } = cycle.first;
  const hiding = hidingFrom(cycle);
  cycle.hiding = hiding.nodes.size + (hiding.secrets === 'NONE' ? 0 : 1);
  const told = changeHidden(world, hiding, cycle.random);
  const namespace = names.namespace.replace('a', 'b');
  return { world: told.world, names: namesOf(told.world, namespace, (node) => told.places[node]!) };
}

function begin(number: number, seed: number, isCareless: boolean): Cycle {
  // Each cycle follows from the seed and its number alone, so it can be run again by itself.
  const random = randomFrom(seed + number * 7_919);
  const world = randomWorld(random);
  // Holders of grants have no generated lists, where the careless author's field is.
  const reader = isCareless ? randomRole(random) : randomReader(random, world.nodes.length);
  const namespace = `a${String(seed)}-${String(number)}`;
  const names = namesOf(world, namespace, (node) => node);
  return { number, random, reader, first: { world, names, token: '' }, hiding: 0 };
}

function namesOf(world: World, namespace: string, place: (node: number) => number): Names {
  return { namespace, id: (node) => idIn(namespace, world.nodes[place(node)]!) };
}

async function tokenFor(server: TestServer, reader: ReaderSketch, names: Names): Promise<string> {
  if ('role' in reader) return server.token(reader.role);
  const ends = new Date(server.clock.now + 3_600_000).toISOString();
  return (await issueGrant(server, grantInput(reader.grant, names.id, ends))).token;
}

/** Notes about everything, and the declarations that placeholders have waited for. */
function declaredLater({ world, names: { namespace } }: Told): Declaration[] {
  const filled = world.nodes.map((node) => ({
    ...node,
    edges: [],
    attested: false,
    declared: !node.declared,
  }));
  return [...world.nodes.map((node) => lateNote(namespace, node)), ...tell({ nodes: filled }, namespace)];
}

function lateNote(namespace: string, node: World['nodes'][number]): Declaration {
  const note = attestation('late', 'x-late', [idIn(namespace, node)], { fields: { note: 'late' } });
  return { ...note, id: `attestation:${namespace}/late-${node.name}@1` };
}

/** What this reader does not see of a world. */
function hidingFrom({ reader, first: { world } }: Cycle): Hiding {
  if ('role' in reader) return { nodes: new Set(), kinds: [], structure: false, secrets: 'ALL' };
  const shown = visibleUnder(world, reader.grant);
  const names = world.nodes.filter((_, i) => !shown.has(i));
  return {
    nodes: new Set(names.map(({ name }) => name)),
    kinds: ARTIFACT_KINDS.filter((kind) => !reader.grant.kinds.includes(kind)),
    structure: reader.grant.reveal === 'NOTHING',
    secrets: !reader.grant.personal ? 'ALL' : reader.grant.masked ? 'WITHIN_RANGE' : 'NONE',
  };
}

async function get(server: TestServer, path: string, token: string): Promise<Answered> {
  const response = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

/** What both tellings answered, and in which forms they were asked. */
interface Answers {
  readonly one: string;
  readonly two: string;
  readonly forms: readonly string[];
}

async function askBoth(server: TestServer, cycle: Cycle, careless: boolean): Promise<Answers> {
  const { reader, random, first } = cycle;
  const isGrant = 'grant' in reader;
  const mayReadPersonal = isGrant && reader.grant.personal;
  const { asked, told } = randomOperation(random, first.world.nodes.length, {
    knows: isGrant ? reader.grant.roots : [],
    isGrant,
    mayReadPersonal,
    careless,
  });
  const answers: string[] = [];
  let pages = 1;
  for (const { names, token } of [first, cycle.second as Telling]) {
    const answered = await ask(server, told(names), token);
    pages = answered.length;
    const said = answered.map((each) => alike(each, names, asked)).join('\n');
    // Without a grant, an export has the order in which the database finds things.
    const isOrdered = isGrant || told(names).door !== 'export';
    answers.push(isOrdered ? said : said.split(/[\n,]/).toSorted().join('\n'));
  }
  const [one, two] = answers as [string, string];
  const masked = one.includes('MASKED') || one.includes('"masked":[{') ? ['mask'] : [];
  return { one, two, forms: [...formsOf(told(first.names), pages), ...masked] };
}

/** The answer, and for lists the pages after it. */
async function ask(server: TestServer, operation: Operation, token: string): Promise<Answered[]> {
  if (operation.door !== 'graphql') return [await get(server, operation.path, token)];
  const answers: Answered[] = [];
  let after: string | null = null;
  do {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: operation.query, variables: { ...operation.variables, after } }),
    });
    const text = await response.text();
    answers.push({ status: response.status, text });
    after = operation.pages ? (/"hasNextPage":true,"endCursor":"([^"]+)"/.exec(text)?.[1] ?? null) : null;
  } while (after !== null && answers.length < PAGES);
  return answers;
}

function describe(cycle: Cycle, seed: number, one: string, two: string): string {
  let at = 0;
  while (one[at] === two[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 120), at + 160);
  return [
    `cycle ${String(cycle.number)} of seed ${String(seed)}: ${JSON.stringify(cycle.reader)}`,
    ...[cycle.first, cycle.second!].map(({ world }) => `  world: ${JSON.stringify(world.nodes.map(brief))}`),
    `  first:  …${around(one)}…`,
    `  second: …${around(two)}…`,
  ].join('\n');
}

function brief({ kind, name, declared, late, edges }: World['nodes'][number]): string {
  const when = declared ? (late ? ' (late)' : '') : ' (placeholder)';
  return `${kind} ${name}${when} ${edges.map(({ type, to }) => `${type} ${String(to)}`).join(', ')}`;
}
