/** Filters and orders as somebody writes them who looks for a value by halving, written out or in variables. */
import type { Random } from '../random.js';
import { DAY_MS, FIRST_DAY, GUESSED } from './world.js';

/** Arguments of a field, and the variables in them. */
export interface Arguments {
  readonly text: string;
  /** Variable → its type. */
  readonly types: Readonly<Record<string, string>>;
  /** Their values in the telling that has this namespace. */
  readonly variables: (namespace: string) => Readonly<Record<string, unknown>>;
}

export const NO_ARGUMENTS: Arguments = { text: '', types: {}, variables: () => ({}) };

/** Values that are written without quotation marks. */
const ENUMS = new Set(['ASC', 'DESC', 'PUBLIC', 'PERSONAL', 'COMPLETED', 'FAILED', 'UNFINISHED']);
const NAMESPACE = '<namespace>';

/** Of `lineage`; often none. */
export function filterOf(random: Random): Arguments {
  if (random(2) === 0) return NO_ARGUMENTS;
  const time = new Date(FIRST_DAY + random(10) * DAY_MS).toISOString();
  const members = [
    { namespaces: [NAMESPACE] },
    { occurredFrom: time },
    { occurredTo: time },
    { classifications: ['PUBLIC', 'PERSONAL'] },
    { declared: random(2) === 0 },
    { runStates: [['COMPLETED', 'FAILED', 'UNFINISHED'][random(3)]] },
  ];
  const filter = Object.assign({}, ...members.filter(() => random(3) === 0)) as object;
  return told(random, ', ', { filter: ['LineageFilter', filter] });
}

/** Of a generated list. `careless`: a protected field is looked for, too, which only a careless author leaves there. */
export function listOf(random: Random, type: 'Dataset' | 'Prediction', careless: boolean): Arguments {
  const guesses = type === 'Prediction' ? guessesOf(random, careless) : namesOf(random);
  const one = (): object => guesses[random(guesses.length)] as object;
  const nested = [one(), { NOT: one() }, { OR: [one(), one()] }, { AND: [{ NOT: { OR: [one()] } }] }];
  const where = { namespace: { eq: NAMESPACE }, AND: [nested[random(nested.length)]] };
  const fields = ['occurredAtMs', 'name', ...(type === 'Prediction' ? ['score', 'outcome'] : [])];
  const by = careless && random(2) === 0 ? GUESSED : (fields[random(fields.length)] as string);
  const sort = [{ [by]: random(2) === 0 ? 'ASC' : 'DESC' }, ...(by === 'name' ? [] : [{ name: 'ASC' }])];
  const asked = told(random, ' ', { where: [`${type}Where`, where], sort: [`[${type}Sort!]`, sort] });
  return { ...asked, text: `${asked.text} limit: $first offset: ${String(random(2))}` };
}

function guessesOf(random: Random, careless: boolean): object[] {
  const score = random(1_000) / 1_000;
  return [
    { score: { [['gt', 'lt', 'lte', 'gte'][random(4)] as string]: score } },
    { score: { in: [score, 0.5] } },
    { outcome: { startsWith: 'DEN' } },
    { outcome: { in: ['APPROVED'] } },
    { mode: { eq: 'LIVE' } },
    ...(careless ? [{ [GUESSED]: { [random(2) === 0 ? 'gt' : 'lt']: random(1_000_000) } }] : []),
  ];
}

function namesOf(random: Random): object[] {
  return [
    { name: { contains: String(random(10)) } },
    { declared: { eq: true } },
    { name: { in: ['n1', 'n2'] } },
  ];
}

/** Each argument in a variable of its name, or written out. */
function told(
  random: Random,
  separator: string,
  args: Readonly<Record<string, readonly [type: string, value: unknown]>>,
): Arguments {
  const written: string[] = [];
  const inVariables: Record<string, unknown> = {};
  const types: Record<string, string> = {};
  for (const [name, [type, value]] of Object.entries(args)) {
    if (random(2) === 0) written.push(`${name}: ${literal(value)}`);
    else {
      written.push(`${name}: $${name}`);
      inVariables[name] = value;
      types[name] = type;
    }
  }
  return {
    text: written.map((each) => `${separator}${each}`).join(''),
    types,
    variables: (namespace) =>
      JSON.parse(JSON.stringify(inVariables).replaceAll(NAMESPACE, namespace)) as Record<string, unknown>,
  };
}

function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, '$1: ')
    .replaceAll(/"(\w+)"/g, (quoted, word: string) => (ENUMS.has(word) ? word : quoted))
    .replaceAll(`"${NAMESPACE}"`, '$ns');
}
