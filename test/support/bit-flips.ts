/** One-bit changes of what a log is stored as, drawn by a seed, each with whom a finding of it must name. */
import neo4j, { Neo4jError, type Driver } from 'neo4j-driver';

export interface BitFlip {
  readonly element: 'node' | 'edge';
  readonly elementId: string;
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Ids one of which a finding must have. */
  readonly owners: readonly string[];
}

interface Stored {
  readonly element: 'node' | 'edge';
  readonly elementId: string;
  readonly owners: readonly string[];
  readonly props: Record<string, unknown>;
}

const NODES = `MATCH (n) WHERE n:Artifact OR n:Attestation OR n:DecisionGroup
    OR ((n:EntryBundle OR n:LogHead) AND n.log = "lineage")
  RETURN 'node' AS element, elementId(n) AS elementId, properties(n) AS props,
    CASE WHEN n:DecisionGroup THEN ['group ' + n.number, 'log'] WHEN n:EntryBundle THEN ['log'] + n.ids
      WHEN n:LogHead THEN ['log'] ELSE [n.id, 'log'] END AS owners`;
const EDGES = `MATCH (a:Artifact|Attestation)-[r]->(b:Artifact)
  OPTIONAL MATCH (e:EntryBundle {log: "lineage"}) WHERE e.start <= r.since < e.start + e.count
  RETURN 'edge' AS element, elementId(r) AS elementId, properties(r) AS props,
    [a.id, e.ids[r.since - e.start]] AS owners`;

/** Marks of the writer's, and derived notes that a start may make again; nothing is proved by them. */
const UNPROVED = ['lock', 'amendedSince', 'erasures', 'keySerial', 'inOrder'];

/** Some flips of each property of everything that the log answers for. */
export async function bitFlips(
  driver: Driver,
  { seed, perProperty }: { readonly seed: number; readonly perProperty: number },
): Promise<BitFlip[]> {
  const random = generator(seed);
  const stored = [...(await read(driver, NODES)), ...(await read(driver, EDGES))];
  return stored.flatMap(({ props, owners, ...rest }) =>
    Object.entries(props)
      .filter(([property]) => !UNPROVED.includes(property))
      .flatMap(([property, before]) =>
        Array.from({ length: before instanceof Int8Array ? 20 * perProperty : perProperty }, () => {
          const after = flip(before, random);
          // An id that was altered is found under its new name; a group under its new number.
          const renamed =
            property === 'id' ? [after as string] : property === 'number' ? [`group ${String(after)}`] : [];
          return { ...rest, owners: [...owners, ...renamed], property, before, after };
        }),
      ),
  );
}

/**
 * Makes a flip; the returned function takes it back. Undefined if the database refused it, because it would make two
 * of something that is unique.
 */
export async function flipInDatabase(
  driver: Driver,
  flipped: BitFlip,
): Promise<(() => Promise<void>) | undefined> {
  const match = flipped.element === 'node' ? 'MATCH (n)' : 'MATCH ()-[n]->()';
  const set = async (value: unknown): Promise<void> => {
    await driver.executeQuery(`${match} WHERE elementId(n) = $id SET n[$property] = $value`, {
      id: flipped.elementId,
      property: flipped.property,
      value: Number.isSafeInteger(value) && flipped.property !== 'score' ? neo4j.int(value as number) : value,
    });
  };
  try {
    await set(flipped.after);
  } catch (error) {
    if (error instanceof Neo4jError && error.code.endsWith('ConstraintValidationFailed')) return undefined;
    throw error;
  }
  return () => set(flipped.before);
}

async function read(driver: Driver, statement: string): Promise<Stored[]> {
  const { records } = await driver.executeQuery(statement);
  return records.map((record) => record.toObject() as unknown as Stored);
}

function flip(value: unknown, random: (below: number) => number): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? Number(BigInt(value) ^ (1n << BigInt(random(8)))) : value * 2;
  }
  if (value instanceof Int8Array) {
    const at = random(value.length);
    return value.with(at, (value[at] as number) ^ (1 << random(7)));
  }
  if (Array.isArray(value)) return value.with(...replaced(value, random));
  return flipText(value as string, random);
}

function replaced(list: readonly unknown[], random: (below: number) => number): [number, unknown] {
  const at = random(list.length);
  return [at, flip(list[at], random)];
}

function flipText(text: string, random: (below: number) => number): string {
  const at = random(text.length);
  const changed = text.charCodeAt(at) ^ (1 << random(6));
  return text.slice(0, at) + String.fromCharCode(changed) + text.slice(at + 1);
}

/** Numerical Recipes' linear congruential generator: the same flips each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
