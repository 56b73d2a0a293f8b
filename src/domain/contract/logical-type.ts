/** The logical types of the Open Data Contract Standard, and which values are of them. */

export const LOGICAL_TYPES = [
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'timestamp',
  'time',
  'object',
  'array',
] as const;
export type LogicalType = (typeof LOGICAL_TYPES)[number];

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

const IS_OF: Readonly<Record<LogicalType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: (value) => typeof value === 'bigint' || Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  date: (value) => isTime(value, DATE),
  timestamp: (value) => isTime(value, TIMESTAMP),
  time: (value) => typeof value === 'string' && TIME.test(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date),
  array: (value) => Array.isArray(value),
};

/** True if a value that is there is of the type. */
export function isOf(type: LogicalType, value: unknown): boolean {
  return IS_OF[type](value);
}

function isTime(value: unknown, form: RegExp): boolean {
  return value instanceof Date
    ? !Number.isNaN(value.getTime())
    : typeof value === 'string' && form.test(value) && !Number.isNaN(Date.parse(value));
}

/** A time in milliseconds; undefined for what is none. A text without a zone is taken as UTC. */
export function timeOf(value: unknown): number | undefined {
  const time =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : typeof value === 'string' && (DATE.test(value) || TIMESTAMP.test(value))
          ? Date.parse(/[Zz]$|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(value) ? value : `${value}Z`)
          : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A cell of a text file as a value of the type; empty text is no value. What cannot be one stays text, so that the rule
 * about the type finds it.
 */
export function fromText(type: LogicalType | undefined, text: string): unknown {
  if (text === '') return null;
  switch (type) {
    case 'integer':
    case 'number':
      return NUMBER.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'object':
    case 'array':
      return parsed(text);
    default:
      return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
