/**
 * Changes to a stored log, one at a time, as somebody with the database's password could make them: each property of each
 * node and relationship changed in one bit or taken away, one added to each, each relationship and each node taken away
 * or made once more. What there is to change is asked of the database, so that nothing that is stored is left out.
 */
import neo4j, { type Driver, type Integer, isInt, Neo4jError } from 'neo4j-driver';

import { testDatabase } from './database.js';

interface Stored {
  readonly element: 'node' | 'edge';
  /** Another one once the element was taken away and put back. */
  elementId: string;
  /** A relationship's type, or a node's labels. */
  readonly kind: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Whom a finding may name: ids as `fsck` prints them. */
  readonly owners: readonly string[];
}

export interface Tampering {
  /** `Artifact:Dataset.rowCount changed`: equal for elements of the same kind. */
  readonly what: string;
  readonly stored: Stored;
  /** The property; empty for what is done to the element as a whole. */
  readonly property: string;
  readonly change: 'changed' | 'removed' | 'added' | 'doubled' | 'deleted';
  /** What the property becomes. */
  readonly value?: unknown;
}

/** What is stored that nothing proves: the key store alone knows it (docs/evidence.md, fsck). */
const UNPROVED = ['Erasure.generation'];

/** What is checked in its own way for each sort of record or search term. */
const BY_SORT = ['phase', 'request', 'values', 'match', 'shown', 'since'];

/** What migrations ran is checked by each start, and says nothing about lineage. */
const NODES = `MATCH (n) WHERE NOT n:Migration
  WITH n, CASE WHEN n.log = 'access' THEN 'access log' ELSE 'log' END AS log
  ORDER BY labels(n), coalesce(n.id, n.key, n.text, ''), coalesce(n.leafIndex, n.start, n.index, n.intent, 0), coalesce(n.match, '')
  RETURN 'node' AS element, elementId(n) AS elementId, labels(n) AS kind, properties(n) AS props,
    [x IN [log, n.id, n.run, n.dataset, 'group ' + n.number, 'erasure ' + n.id, 'access:read/' + n.request + '@outcome',
        toLower(n.kind) + ':' + n.namespace + '/' + n.name]
      WHERE x IS NOT NULL] + coalesce(n.ids, []) + coalesce(n.entries, []) + coalesce(n.restriction, []) + labels(n) +
    CASE WHEN n:Erasure THEN COLLECT { MATCH (a) WHERE a.erased CONTAINS n.kid OR a.sealed CONTAINS n.kid RETURN a.id } ELSE [] END AS owners`;
const EDGES = `MATCH (a)-[r]->(b)
  OPTIONAL MATCH (e:EntryBundle {log: 'lineage'}) WHERE e.start <= r.since < e.start + e.count
  WITH a, r, b, head(collect(e)) AS e
  ORDER BY type(r), coalesce(a.id, a.key, ''), coalesce(b.id, b.key, '')
  RETURN 'edge' AS element, elementId(r) AS elementId, [type(r)] AS kind, properties(r) AS props,
    [x IN [a.id, b.id, e.ids[r.since - e.start], a.dataset, 'group ' + a.number] WHERE x IS NOT NULL] AS owners`;

/** A driver that tells integers from floats, so that what is taken back is what was there. */
export function tamperingDriver(): Driver {
  const { uri, user, password } = testDatabase();
  return neo4j.driver(uri, neo4j.auth.basic(user, password));
}

/**
 * Every change there is, but for entries that only fill tiles: of those, all alike, every 64th is changed. The bit that is
 * flipped depends on the order alone, so a run can be repeated.
 */
export async function tamperings(driver: Driver): Promise<Tampering[]> {
  const all = [...(await read(driver, NODES)), ...(await read(driver, EDGES))];
  const stored = all.filter(({ props }) => !isFiller(props) || Number(props.leafIndex) % 64 === 0);
  return stored.flatMap((one, turn) => {
    const of = (change: Tampering['change'], property = '', value: unknown = null): Tampering => ({
      what: `${one.kind}${property === '' ? '' : `.${property}`} ${change}`,
      ...{ stored: one, property, change, value },
    });
    return [
      ...Object.entries(one.props)
        .filter(([property]) => !UNPROVED.includes(`${one.kind}.${property}`))
        .flatMap(([property, value]) => [
          of('changed', property, flipped(value, turn)),
          of('removed', property),
        ]),
      ...[of('added', 'planted', 'x'), of('doubled'), of('deleted')],
    ];
  });
}

/** One change of each property of each sort of node and relationship, and one of each other sort of change. */
export function oneOfEach(all: readonly Tampering[]): Tampering[] {
  const sorts = new Map<string, Tampering>();
  for (const tampering of all) {
    const { stored, property, change: how } = tampering;
    const { phase = '', match = '', state = '' } = stored.props;
    // Artifacts of all kinds have the same properties, but for a few; some of records and search terms follow from what they are.
    const inner = BY_SORT.includes(property) ? `${String(phase)}${String(match)}` : '';
    // A mark of an erasure and one of a restriction are checked in different ways.
    const kind = `${stored.kind.replace(/:.*/, '')}${inner}${String(state)}`;
    const sort = `${kind} ${property === '' || how === 'added' ? how : property}`;
    sorts.set(sort, tampering);
  }
  return [...sorts.values()];
}

/** Whether a finding names what was changed, under its old name or under its new one. */
export function isNamed({ stored, value }: Tampering, found: string): boolean {
  const after = String(value);
  const renamed = [after, `group ${after}`, `erasure ${after}`, `access:read/${after}@outcome`];
  return stored.owners.includes(found) || renamed.includes(found);
}

/**
 * Makes a change; the returned function takes it back. Undefined if the database refused it, because it would make two of
 * something that is unique.
 */
export async function tamper(
  driver: Driver,
  tampering: Tampering,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await change(driver, tampering);
  } catch (error) {
    if (error instanceof Neo4jError && error.code.endsWith('ConstraintValidationFailed')) return undefined;
    throw error;
  }
}

async function change(driver: Driver, tampering: Tampering): Promise<() => Promise<void>> {
  const { stored, property, change: how, value } = tampering;
  const match = `${stored.element === 'node' ? 'MATCH (n)' : 'MATCH (a)-[n]->(b)'} WHERE elementId(n) = $id`;
  const run = async (statement: string, params: object = {}): Promise<readonly unknown[]> => {
    const { records } = await driver.executeQuery(`${match} ${statement}`, {
      id: stored.elementId,
      ...params,
    });
    return records.map((record) => [...record.values()]).flat();
  };
  const set = async (to: unknown): Promise<void> => {
    await run('SET n[$property] = $to', { property, to });
  };
  const pattern = stored.element === 'node' ? `(m:${stored.kind})` : `(a)-[m:${stored.kind}]->(b)`;
  const copy = `CREATE ${pattern} SET m = $props RETURN elementId(m)`;
  if (how === 'doubled') {
    const [twin] = await run(copy, { props: stored.props });
    return async () => {
      await run(`WITH 1 AS one ${match.replace('$id', '$twin')} DELETE n`, { twin });
    };
  }
  if (how !== 'deleted') {
    await set(value);
    return () => set(stored.props[property] ?? null);
  }
  if (stored.element === 'node') {
    // Its edges stay: a node without a label is found by nothing.
    await run(`REMOVE n:${stored.kind}`);
    return async () => {
      await run(`SET n:${stored.kind}`);
    };
  }
  const [from, to] = await run('WITH a, b, n, elementId(a) AS x, elementId(b) AS y DELETE n RETURN x, y');
  return async () => {
    const ends = 'MATCH (a), (b) WHERE elementId(a) = $from AND elementId(b) = $to';
    const { records } = await driver.executeQuery(`${ends} ${copy}`, { from, to, props: stored.props });
    stored.elementId = records[0]!.values().next().value as string;
  };
}

function isFiller({ name, phase, leafIndex, artifact }: Stored['props']): boolean {
  if (artifact !== undefined) return false;
  return String(name).startsWith('filler') || (phase !== undefined && Number(leafIndex) > 8);
}

async function read(driver: Driver, statement: string): Promise<Stored[]> {
  const { records } = await driver.executeQuery(statement);
  return records.map((record) => {
    const row = record.toObject() as unknown as Stored & { kind: string[] };
    return { ...row, kind: row.kind.join(':') };
  });
}

function flipped(value: unknown, turn: number): unknown {
  if (typeof value === 'boolean') return !value;
  if (isInt(value)) return value.isZero() ? neo4j.int(1) : flippedInteger(value, turn);
  if (typeof value === 'number') return value * 2 + 1;
  if (value instanceof Int8Array) {
    const at = (turn * 31) % value.length;
    return value.with(at, (value[at] as number) ^ (1 << (turn % 7)));
  }
  if (Array.isArray(value)) {
    const at = turn % Math.max(1, value.length);
    return value.length === 0 ? ['x'] : value.with(at, flipped(value[at], turn));
  }
  const text = value as string;
  const at = (turn * 31) % text.length;
  return (
    text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (turn % 5))) + text.slice(at + 1)
  );
}

function flippedInteger(value: Integer, turn: number): Integer {
  return neo4j.int((value.toBigInt() ^ (1n << BigInt(turn % 8))).toString());
}
