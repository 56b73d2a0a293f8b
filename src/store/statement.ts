/**
 * What the generated module `queries.gen.ts` is made of, and the two conversions at the driver's border.
 *
 * The driver sends every JavaScript number as a float, and Neo4j keeps `1.0` and `1` apart (`LIMIT 1.0` is an error,
 * a stored `1.0` is another type). So the header of a statement says which numbers are integers, at any depth, and
 * `toParameters` wraps exactly those. In a `Map` or an `Any`, whose shape nobody declared, a safe integer is sent as an
 * integer; a number that must stay a float even when it is whole has to be declared: `{score: Float}` instead of `Map`.
 */
import neo4j from 'neo4j-driver';

import { required } from '../domain/errors.js';

export type ScalarName = 'String' | 'Int' | 'Float' | 'Boolean' | 'Bytes' | 'Map' | 'Any';

/** A type as a statement's header declares it. `Record` is a map whose fields are all known: `{id: String}`. */
export type CypherType =
  | { readonly is: ScalarName; readonly nullable?: true }
  | { readonly is: 'List'; readonly of: CypherType; readonly nullable?: true }
  | {
      readonly is: 'Record';
      readonly fields: Readonly<Record<string, CypherType>>;
      readonly nullable?: true;
    };

declare const ROW: unique symbol;

/** One Cypher statement with the types of its parameters `P` and of its rows `R`. */
export interface Statement<P extends object, R extends object> {
  /** The file, without `cypher/` and its ending: `lineage/walk-upstream`. */
  readonly name: string;
  readonly mode: 'read' | 'write';
  readonly text: string;
  readonly params: { readonly [K in keyof P]-?: CypherType };
  readonly columns: { readonly [K in keyof R]-?: CypherType };
  /** What EXPLAIN must show: operators that must, and with a leading `!` must not, be in the plan. */
  readonly plan: readonly string[];
  /** Never set; it only carries `R` for inference. */
  readonly [ROW]?: R;
}

/** What a driver's record offers, as far as `toRow` needs it. */
interface RecordLike {
  toObject(): object;
}

type Convert = (value: unknown, where: string) => unknown;

/**
 * The parameters as the driver must get them: declared integers wrapped, bytes in the driver's own type, `undefined`
 * in a nullable place sent as null, members that the header does not declare left out. Throws a `TypeError` on a
 * number that is declared `Int` and is no safe integer.
 *
 * @example session.run(statement.text, toParameters(statement, { of: 'model:a/b@1', first: 100 }))
 */
export function toParameters<P extends object, R extends object>(
  statement: Statement<P, R>,
  params: P,
): Record<string, unknown> {
  return memo(PARAMETERS, statement, () => convertFields(statement.params, toDriver, `${statement.name}: $`))(
    params,
    '',
  ) as Record<string, unknown>;
}

/** One row as the header declares it. The driver must have been made with `disableLosslessIntegers`. */
export function toRow<P extends object, R extends object>(statement: Statement<P, R>, record: RecordLike): R {
  const convert = memo(ROWS, statement, () =>
    Object.values<CypherType>(statement.columns).some((type) => fromDriver(type) !== undefined)
      ? convertFields(statement.columns, fromDriver, '')
      : (row) => row,
  );
  return convert(record.toObject(), '') as R;
}

const PARAMETERS = new WeakMap<object, Convert>();
const ROWS = new WeakMap<object, Convert>();

function memo(cache: WeakMap<object, Convert>, key: object, make: () => Convert): Convert {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** The conversion of a type, or undefined where the value goes as it is: most of a big batch is never copied. */
type ConverterOf = (type: CypherType) => Convert | undefined;

function convertFields(
  fields: Readonly<Record<string, CypherType>>,
  converterOf: ConverterOf,
  prefix: string,
): Convert {
  const plan = Object.entries(fields).map(([name, type]) => ({ name, convert: converterOf(type) }));
  return (value, where) => {
    const given = value as Readonly<Record<string, unknown>>;
    const out: Record<string, unknown> = {};
    for (const { name, convert } of plan) {
      const member = given[name];
      out[name] =
        convert === undefined
          ? (member ?? null)
          : convert(member, where === '' ? prefix + name : `${where}.${name}`);
    }
    return out;
  };
}

function convertList(convert: Convert | undefined): Convert | undefined {
  if (convert === undefined) return undefined;
  return (value, where) =>
    (value as readonly unknown[]).map((item, index) => convert(item, `${where}[${index}]`));
}

function unlessNull(type: CypherType, convert: Convert | undefined): Convert | undefined {
  if (convert === undefined || type.nullable !== true) return convert;
  return (value, where) => (value === null || value === undefined ? null : convert(value, where));
}

function toDriver(type: CypherType): Convert | undefined {
  return unlessNull(type, toDriverStrict(type));
}

function toDriverStrict(type: CypherType): Convert | undefined {
  switch (type.is) {
    case 'Int':
      return toInteger;
    case 'Bytes':
      return (value) => toDriverBytes(value as Uint8Array);
    case 'Map':
    case 'Any':
      return toDriverByValue;
    case 'List':
      return convertList(toDriver(type.of));
    case 'Record':
      return convertFields(type.fields, toDriver, '');
    default:
      return undefined;
  }
}

function toInteger(value: unknown, where: string): unknown {
  if (!Number.isSafeInteger(value)) throw new TypeError(required(`${where} must be a safe integer`, value));
  return neo4j.int(value as number);
}

function toDriverBytes(value: Uint8Array): Int8Array {
  return new Int8Array(value.buffer, value.byteOffset, value.byteLength);
}

function toDriverByValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(toDriverByValue);
  if (value instanceof Uint8Array) return toDriverBytes(value);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toDriverByValue(member)]),
  );
}

/** An object literal of any realm; the driver's own temporal and spatial values are not. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fromDriver(type: CypherType): Convert | undefined {
  if (type.is === 'List') return unlessNull(type, convertList(fromDriver(type.of)));
  if (type.is === 'Bytes') return unlessNull(type, (value) => fromDriverBytes(value as Int8Array));
  if (type.is === 'Record' && Object.values(type.fields).some((field) => fromDriver(field) !== undefined)) {
    return unlessNull(type, convertFields(type.fields, fromDriver, ''));
  }
  return undefined;
}

function fromDriverBytes(value: Int8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}
