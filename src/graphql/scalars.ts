/** Scalars of our own. Each refuses what it could not give back unchanged. */
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { isPedigreeError, required } from '../domain/errors.js';
import { checkJson } from '../domain/json.js';

/** Milliseconds since the epoch inside, ISO 8601 in UTC outside. */
export const Timestamp = new GraphQLScalarType<number, string>({
  name: 'Timestamp',
  serialize: (value) => new Date(toMilliseconds(value)).toISOString(),
  parseValue: parseTime,
  parseLiteral: (node) => parseTime(node.kind === Kind.STRING ? node.value : node.kind),
});

/** Any JSON value but null, checked like a declaration. */
export const JsonValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => checked(value),
  parseLiteral: (node, variables) => {
    refuseBigLiterals(node);
    return checked(valueFromASTUntyped(node, variables));
  },
});

/** The library's integer of 64 bits, which takes text only: made to take a number, too, as long as it is exact. */
export function bigIntFrom(library: GraphQLScalarType): GraphQLScalarType {
  return new GraphQLScalarType({
    ...library.toConfig(),
    parseValue: (value) => library.parseValue(Number.isSafeInteger(value) ? String(value) : value),
  });
}

/** The driver gives numbers, the library its own integers. */
function toMilliseconds(value: unknown): number {
  return typeof value === 'number' ? value : (value as { toNumber(): number }).toNumber();
}

function parseTime(value: unknown): number {
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value)
      ? Date.parse(value)
      : NaN;
  if (Number.isNaN(time))
    throw badInput(required('a time must be ISO 8601 with a zone, such as 2026-03-01T09:30:00Z', value));
  return time;
}

function checked(value: unknown): unknown {
  try {
    checkJson(value);
    return value;
  } catch (error) {
    throw isPedigreeError(error) ? badInput(error.message, error.code) : error;
  }
}

/** A literal above 2^53 would be rounded before `checkJson` could see it. */
function refuseBigLiterals(node: ValueNode): void {
  if (node.kind === Kind.LIST) node.values.forEach(refuseBigLiterals);
  if (node.kind === Kind.OBJECT)
    node.fields.forEach((field) => {
      refuseBigLiterals(field.value);
    });
  if (node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value))) {
    throw badInput(
      required('a number must be within ±(2^53 − 1); send a larger one as text', node.value),
      'UNSAFE_NUMBER',
    );
  }
}

function badInput(message: string, code = 'BAD_INPUT'): GraphQLError {
  // Apollo answers 400 to its own coercion errors only; ours say it themselves.
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
