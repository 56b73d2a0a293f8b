/** The operators of the Open Data Contract Standard: where a number must lie. */
import { PedigreeError, required } from '../errors.js';

export interface Bounds {
  /** "must be at least 3 and must be below 10" */
  readonly text: string;
  readonly hold: (value: number) => boolean;
}

interface Operator {
  readonly words: string;
  readonly holds: (value: number, limit: number) => boolean;
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  mustBe: { words: 'must be', holds: (value, limit) => value === limit },
  mustNotBe: { words: 'must not be', holds: (value, limit) => value !== limit },
  mustBeGreaterThan: { words: 'must be above', holds: (value, limit) => value > limit },
  mustBeGreaterOrEqualTo: { words: 'must be at least', holds: (value, limit) => value >= limit },
  mustBeLessThan: { words: 'must be below', holds: (value, limit) => value < limit },
  mustBeLessOrEqualTo: { words: 'must be at most', holds: (value, limit) => value <= limit },
};

const RANGES: Readonly<Record<string, { readonly words: string; readonly inside: boolean }>> = {
  mustBeBetween: { words: 'must be between', inside: true },
  mustNotBeBetween: { words: 'must not be between', inside: false },
};

export const NONE: Bounds = { text: 'must be 0', hold: (value) => value === 0 };

/** All operators of a rule together. Error: `BAD_INPUT` for a rule without one, or with one that is no number. */
export function parseBounds(rule: Readonly<Record<string, unknown>>, where: string): Bounds {
  const parts = Object.entries(rule).flatMap(([name, limit]) => {
    const part = boundOf(name, limit, where);
    return part ? [part] : [];
  });
  if (parts.length > 0) {
    return {
      text: parts.map(({ text }) => text).join(' and '),
      hold: (value) => parts.every((part) => part.hold(value)),
    };
  }
  const known = [...Object.keys(OPERATORS), ...Object.keys(RANGES)].join(', ');
  throw new PedigreeError('BAD_INPUT', required(`${where} must have one of ${known}`, Object.keys(rule)));
}

function boundOf(name: string, limit: unknown, where: string): Bounds | undefined {
  const operator = own(OPERATORS, name);
  if (operator) {
    const number = numberIn(limit, `${where}/${name}`);
    return {
      text: `${operator.words} ${String(number)}`,
      hold: (value) => operator.holds(value, number),
    };
  }
  const range = own(RANGES, name);
  if (!range) return undefined;
  const [from, to, ...others] = Array.isArray(limit) ? (limit as unknown[]) : [];
  const [low, high] = [numberIn(from, `${where}/${name}/0`), numberIn(to, `${where}/${name}/1`)];
  if (others.length > 0 || low > high) {
    throw new PedigreeError(
      'BAD_INPUT',
      required(`${where}/${name} must be two numbers, the lower one first`, limit),
    );
  }
  return {
    text: `${range.words} ${String(low)} and ${String(high)}`,
    hold: (value) => (value >= low && value <= high) === range.inside,
  };
}

/** A member of a table by a name that somebody wrote: what every object has is not in it. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export function numberIn(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new PedigreeError('BAD_INPUT', required(`${where} must be a number`, value));
}
