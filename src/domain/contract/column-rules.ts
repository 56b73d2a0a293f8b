/** What a contract's property says about its column: type, nullability, range, length, form, set. */
import { PedigreeError, required } from '../errors.js';
import { NONE, numberIn, own } from './bounds.js';
import type { IsBad, Rule } from './contract.js';
import { isOf, LOGICAL_TYPES, timeOf, type LogicalType } from './logical-type.js';

type Property = Readonly<Record<string, unknown>>;

interface Requirement {
  readonly text: string;
  readonly isBad: IsBad;
}

export interface ColumnRules {
  readonly type: LogicalType | undefined;
  readonly rules: readonly Rule[];
  readonly notChecked: readonly string[];
}

/** Errors: `BAD_INPUT`, naming the member. */
export function columnRules(column: string, property: Property, where: string): ColumnRules {
  const type = parseType(property.logicalType, `${where}/logicalType`);
  const options = Object.entries(objectIn(property.logicalTypeOptions, `${where}/logicalTypeOptions`));
  const requirements = [
    ...(property.required === true || property.primaryKey === true ? [NOT_NULL] : []),
    ...(type === undefined ? [] : [ofType(type)]),
    ...(property.enum === undefined ? [] : [oneOf(enumOf(property.enum, `${where}/enum`))]),
    ...options.flatMap(([name, limit]) => optionOf(type, name, limit, `${where}/logicalTypeOptions/${name}`)),
  ];
  const known = requirements.map(({ text, isBad }): Rule => {
    return { form: 'VALUES', column, text, isBad, unit: 'rows', bounds: NONE, advisory: false };
  });
  const alone = property.unique === true;
  const unique: Rule[] = alone
    ? [{ form: 'UNIQUE', columns: [column], text: 'unique', unit: 'rows', bounds: NONE, advisory: false }]
    : [];
  return {
    type,
    rules: [{ form: 'COLUMN', column, text: 'there is such a column', advisory: false }, ...known, ...unique],
    notChecked: options
      .filter(([name]) => !Object.hasOwn(OPTIONS, name))
      .map(([name]) => `${column}: the option ${name}`),
  };
}

const NOT_NULL: Requirement = { text: 'not null', isBad: (value) => value === null };

function ofType(type: LogicalType): Requirement {
  return { text: `of the type ${type}`, isBad: (value) => value !== null && !isOf(type, value) };
}

export function oneOf(values: readonly unknown[]): Requirement {
  const allowed = new Set(values);
  return {
    text: `one of ${JSON.stringify(values)}`,
    isBad: (value) => value !== null && !allowed.has(value),
  };
}

/** Error: `BAD_INPUT` for what is no regular expression. */
export function matching(pattern: unknown, where: string): Requirement {
  const text = String(pattern);
  try {
    const form = new RegExp(text, 'u');
    return { text: `of the form ${text}`, isBad: (value) => typeof value === 'string' && !form.test(value) };
  } catch (error) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`${where} must be a regular expression`, pattern),
      {},
      error,
    );
  }
}

type ToRequirement = (limit: never, measure: Measure, where: string) => Requirement;
type Measure = (value: unknown) => number | undefined;

const comparison =
  (words: string, holds: (value: number, limit: number) => boolean) =>
  (limit: unknown, measure: Measure, where: string): Requirement => {
    const bound = measure(limit);
    if (bound === undefined) {
      throw new PedigreeError('BAD_INPUT', required(`${where} must be a value of the column's type`, limit));
    }
    return {
      text: `${words} ${String(limit)}`,
      // A value of another type is the type's fault, and told once.
      isBad: (value) => {
        const measured = measure(value);
        return measured !== undefined && !holds(measured, bound);
      },
    };
  };

const length =
  (words: string, holds: (value: number, limit: number) => boolean) =>
  (limit: unknown, _: Measure, where: string): Requirement => {
    const bound = numberIn(limit, where);
    return {
      text: `${words} ${String(bound)} characters long`,
      isBad: (value) => typeof value === 'string' && !holds(Array.from(value).length, bound),
    };
  };

const OPTIONS: Readonly<Record<string, ToRequirement>> = {
  minimum: comparison('at least', (value, limit) => value >= limit),
  maximum: comparison('at most', (value, limit) => value <= limit),
  exclusiveMinimum: comparison('above', (value, limit) => value > limit),
  exclusiveMaximum: comparison('below', (value, limit) => value < limit),
  multipleOf: comparison('a multiple of', (value, limit) => isWhole(value / limit)),
  minLength: length('at least', (value, limit) => value >= limit),
  maxLength: length('at most', (value, limit) => value <= limit),
  pattern: (pattern, _, where) => matching(pattern, where),
};

function optionOf(type: LogicalType | undefined, name: string, limit: unknown, where: string): Requirement[] {
  const option = own(OPTIONS, name);
  if (option === undefined) return [];
  const measure: Measure = type === 'date' || type === 'timestamp' ? timeOf : asNumber;
  return [option(limit as never, measure, where)];
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** 0.3 is a multiple of 0.1, although their quotient is 2.9999999999999996. */
function isWhole(quotient: number): boolean {
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function parseType(type: unknown, where: string): LogicalType | undefined {
  if (type === undefined) return undefined;
  if ((LOGICAL_TYPES as readonly unknown[]).includes(type)) return type as LogicalType;
  throw new PedigreeError('BAD_INPUT', required(`${where} must be one of ${LOGICAL_TYPES.join(', ')}`, type));
}

function enumOf(values: unknown, where: string): unknown[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw new PedigreeError('BAD_INPUT', required(`${where} must be a list of values`, values));
  }
  return values.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'value' in one ? one.value : one,
  );
}

export function objectIn(value: unknown, where: string): Property {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Property;
  throw new PedigreeError('BAD_INPUT', required(`${where} must be an object`, value));
}
