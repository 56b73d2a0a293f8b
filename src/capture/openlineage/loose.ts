/** Reading what others wrote: facets are open, so a member that is not what it should be is as good as missing. */
import { MAX_JSON_DEPTH, type Json } from '../../domain/json.js';

type LooseObject = Readonly<Record<string, unknown>>;

/** Longest text that is taken over into a mapped field; the event's own text keeps longer ones. */
const MAX_TEXT = 65_536;

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): LooseObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LooseObject) : {};
}

/** The elements if the value is a list, else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The value if it is a non-empty, well-formed text that a field can hold. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && value.isWellFormed()
    ? value
    : undefined;
}

/** The members that have a value: a declaration has no null, and an optional field is left out. */
export function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && !isEmpty(value)) found[name] = value as Exclude<T[typeof name], undefined>;
  }
  return found;
}

/**
 * The value as a declaration may hold it: without nulls, without the facets' own `_producer` and `_schemaURL`, numbers
 * that a double cannot hold as text; undefined where nothing is left.
 */
export function cleanJson(value: unknown, depth = 4): Json | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : String(value);
  if (typeof value === 'string') return value.toWellFormed();
  // The value becomes a member of a field of a declaration, so it may nest a little less than a whole text.
  if (typeof value !== 'object' || value === null || depth >= MAX_JSON_DEPTH) return undefined;
  if (Array.isArray(value)) {
    return value.map((item) => cleanJson(item, depth + 1)).filter((item) => item !== undefined);
  }
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    const cleaned = HOUSEKEEPING.has(name) ? undefined : cleanJson(member, depth + 1);
    return cleaned === undefined ? [] : [[name.toWellFormed(), cleaned]];
  });
  return Object.fromEntries(members);
}

const HOUSEKEEPING = new Set(['_producer', '_schemaURL', '__proto__']);

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
