/** Tells worlds twice, asks both the same as the same reader, and compares the answers. */
import { ARTIFACT_KINDS } from '../../../src/domain/kinds.js';
import { attestation } from '../../support/declarations.js';
import { issueGrant } from '../../support/granted.js';
import type { TestServer } from '../../support/server.js';
import { randomFrom, type Random } from '../random.js';
import { changeHidden, type Hiding } from './change.js';
import { alike, type Answered } from './compare.js';
import { randomOperation, type Names, type Operation } from './operations.js';
import { grantInput, randomReader, type GrantSketch, type ReaderSketch } from './readers.js';
import { idIn, randomWorld, tell, type World } from './world.js';

/** Cycles whose declarations go together. */
const BATCH = 20;
const PAGES = 3;

export interface Findings {
  /** Cycles in which something was hidden from the reader. */
  readonly hiding: number;
  readonly granted: number;
  /** Answers that were not a refusal. */
  readonly answered: number;
  readonly violations: readonly string[];
}

/** One telling of a world, and the token with which it is read. */
interface Telling {
  readonly world: World;
  readonly names: Names;
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

export async function compareTellings(
  server: TestServer,
  { cycles, seed, from = 0, most = 3 }: { cycles: number; seed: number; from?: number; most?: number },
): Promise<Findings> {
  const found = { hiding: 0, granted: 0, answered: 0, violations: [] as string[] };
  for (let start = from; start < from + cycles && found.violations.length < most; start += BATCH) {
    const count = Math.min(BATCH, from + cycles - start);
    const batch = Array.from({ length: count }, (_, i) => begin(start + i, seed));
    await server.declareAll(batch.flatMap(({ first }) => tell(first.world, first.names.namespace)));
    for (const cycle of batch) await admit(server, cycle);
    await tellAgain(server, batch);
    for (const cycle of batch) {
      const [one, two] = await askBoth(server, cycle);
      found.hiding += cycle.hiding > 0 ? 1 : 0;
      found.granted += 'grant' in cycle.reader ? 1 : 0;
      found.answered += one.startsWith('200 ') ? 1 : 0;
      if (one !== two) found.violations.push(describe(cycle, seed, one, two));
    }
  }
  return found;
}

function begin(number: number, seed: number): Cycle {
  // Each cycle follows from the seed and its number alone, so it can be run again by itself.
  const random = randomFrom(seed + number * 7_919);
  const world = randomWorld(random);
  const reader = randomReader(random, world.nodes.length);
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

async function admit(server: TestServer, cycle: Cycle): Promise<void> {
  const token = await tokenFor(server, cycle.reader, cycle.first.names);
  cycle.first = { ...cycle.first, token };
}

async function tellAgain(server: TestServer, batch: readonly Cycle[]): Promise<void> {
  const changed: World[] = [];
  for (const cycle of batch) {
    const { world, names } = cycle.first;
    const hiding = await hidingFrom(server, cycle);
    cycle.hiding = hiding.nodes.size + (hiding.secrets ? 1 : 0);
    const told = changeHidden(world, hiding, cycle.random);
    const namespace = names.namespace.replace('a', 'b');
    cycle.second = {
      world: told.world,
      names: namesOf(told.world, namespace, (node) => told.places[node]!),
      token: '',
    };
    changed.push(told.world);
  }
  await server.declareAll(batch.flatMap(({ second }, i) => tell(changed[i]!, second!.names.namespace)));
  for (const cycle of batch) {
    const second = cycle.second!;
    cycle.second = { ...second, token: await tokenFor(server, cycle.reader, second.names) };
  }
  // What is recorded after a grant's point must not matter to its holder.
  const later = batch.flatMap(({ reader, second }, i) =>
    'grant' in reader ? changed[i]!.nodes.map((node) => lateNote(second!.names.namespace, node)) : [],
  );
  if (later.length > 0) await server.declareAll(later);
}

function lateNote(namespace: string, node: World['nodes'][number]) {
  const note = attestation('late', 'x-late', [idIn(namespace, node)], { fields: { note: 'late' } });
  return { ...note, id: `attestation:${namespace}/late-${node.name}@1` };
}

/** What this reader does not see of the first telling, by the server's own word. */
async function hidingFrom(server: TestServer, { reader, first }: Cycle): Promise<Hiding> {
  if ('role' in reader) return { nodes: new Set(), kinds: [], structure: false, secrets: true };
  const shown = await shownUnder(server, reader.grant, first);
  const names = first.world.nodes.filter((node) => !shown.has(idIn(first.names.namespace, node)));
  return {
    nodes: new Set(names.map(({ name }) => name)),
    kinds: ARTIFACT_KINDS.filter((kind) => !reader.grant.kinds.includes(kind)),
    structure: reader.grant.reveal === 'NOTHING',
    secrets: !reader.grant.personal,
  };
}

async function shownUnder(
  server: TestServer,
  { roots, direction }: GrantSketch,
  { names, token, world }: Telling,
): Promise<Set<string>> {
  const shown = new Set<string>(roots.map(names.id));
  // An export does not walk into decisions: those that the grant may show are left as they are.
  for (const [i, { kind }] of world.nodes.entries()) {
    if (kind === 'Prediction' && direction !== 'UPSTREAM') shown.add(names.id(i));
  }
  for (const root of roots) {
    for (const way of direction === 'BOTH' ? ['upstream', 'downstream'] : [direction.toLowerCase()]) {
      const path = `/v1/export?of=${encodeURIComponent(names.id(root))}&direction=${way}`;
      const { status, text } = await get(server, path, token);
      if (status !== 200) throw new Error(`${path}: ${String(status)} ${text}`);
      for (const [, id] of text.matchAll(/"record":"node","id":"([^"]+)"/g)) shown.add(id!);
    }
  }
  return shown;
}

async function get(server: TestServer, path: string, token: string): Promise<Answered> {
  const response = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

async function askBoth(server: TestServer, cycle: Cycle): Promise<[string, string]> {
  const personal = 'grant' in cycle.reader && cycle.reader.grant.personal;
  const size = cycle.first.world.nodes.length;
  const { asked, told } = randomOperation(cycle.random, size, personal);
  const answers: string[] = [];
  for (const { names, token } of [cycle.first, cycle.second!]) {
    const answered = await ask(server, told(names), token);
    const said = answered.map((each) => alike(each, names, asked)).join('\n');
    // Without a grant, an export has the order in which the database finds things.
    const isOrdered = 'grant' in cycle.reader || told(names).door !== 'export';
    answers.push(isOrdered ? said : said.split('\n').toSorted().join('\n'));
  }
  return answers as [string, string];
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

function brief({ kind, name, edges }: World['nodes'][number]): string {
  return `${kind} ${name} ${edges.map(({ type, to }) => `${type} ${String(to)}`).join(', ')}`;
}
