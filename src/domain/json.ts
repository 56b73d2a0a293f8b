/**
 * JSON as Pedigree accepts and signs it: I-JSON (RFC 7493) made stricter, in the canonical form of RFC 8785.
 */
import canonicalize from 'canonicalize';
import { PedigreeError, required } from './errors.js';

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** Deepest nesting accepted, so that no input can exhaust the stack. */
export const MAX_JSON_DEPTH = 64;

/** The RFC 8785 canonical form of a value that `checkJson` accepts. */
export function canonicalJson(value: Json): string {
  // RFC 8785 §3.2.2 takes over JSON.stringify's form of primitives; most members of an entry are such.
  if (typeof value !== 'object' || isInOrder(value)) return JSON.stringify(value);
  const ordered = inOrder(value);
  const text = ordered === undefined ? canonicalize(value) : JSON.stringify(ordered);
  if (text === undefined) throw new PedigreeError('BAD_INPUT', required('a JSON value is required', value));
  return text;
}

/**
 * True if every object has its members in the order of RFC 8785 §3.2.3 (UTF-16 code units) already, as most small ones
 * have: then the native JSON.stringify, which is several times faster, gives the canonical form.
 */
function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if ('toJSON' in value) return false;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const name in value) {
    if (name < last || !isInOrder((value as Record<string, unknown>)[name])) return false;
    last = name;
  }
  return true;
}

/** A copy with every object's members in that order; undefined where no object can have it, as with names like `10`. */
function inOrder(value: Json): Json | undefined {
  // An event that is no declaration may hold null.
  if (typeof value !== 'object' || (value as unknown) === null) return value;
  if (Array.isArray(value)) return listInOrder(value as readonly Json[]);
  const copy: Record<string, Json> = {};
  for (const name of Object.keys(value).sort()) {
    const member = (value as JsonObject)[name];
    const ordered = member === undefined || HAS_OWN_PLACE.test(name) ? undefined : inOrder(member);
    if (ordered === undefined) return undefined;
    copy[name] = ordered;
  }
  return copy;
}

function listInOrder(list: readonly Json[]): Json | undefined {
  const copy: Json[] = [];
  for (const item of list) {
    const ordered = inOrder(item);
    if (ordered === undefined) return undefined;
    copy.push(ordered);
  }
  return copy;
}

/** Names that an object keeps before all others whenever they came (integers), or that are no member (`__proto__`). */
const HAS_OWN_PLACE = /^(\d|__proto__$)/;

/**
 * Parses JSON text and refuses what JSON.parse would silently change or what the canonical form cannot hold.
 *
 * Errors: `BAD_JSON`, `DUPLICATE_KEY`, `UNSAFE_NUMBER`, `LONE_SURROGATE`, `NULL_VALUE`; with `nulls: true`,
 * null is let through, for texts that are not declarations (a GraphQL request has nulls).
 */
export function parseStrictJson(text: string, options: { readonly nulls?: boolean } = {}): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PedigreeError(
      'BAD_JSON',
      `JSON text (RFC 8259) is required, but: ${(error as Error).message}`,
      {},
      error,
    );
  }
  const members = checkJson(value, options);
  // Every member has one colon outside of strings: fewer members than colons means JSON.parse dropped some.
  if (countColons(text) !== members) {
    const { name, offset } = findDuplicate(text);
    throw new PedigreeError(
      'DUPLICATE_KEY',
      `each name must occur once in an object (RFC 8785 §3.1), but ${JSON.stringify(name)} occurs again at offset ${String(offset)}`,
      { name, offset },
    );
  }
  return value;
}

/** Refuses a parsed value that has no faithful canonical form; returns the number of object members in it. */
export function checkJson(value: unknown, options: { readonly nulls?: boolean } = {}): number {
  return checkValue(value, options.nulls === true, '', 0);
}

function checkValue(value: unknown, nulls: boolean, path: string, depth: number): number {
  if (typeof value === 'string') return checkString(value, path);
  if (typeof value === 'number') return checkNumber(value, path);
  if (typeof value === 'boolean') return 0;
  if (value === null) {
    if (nulls) return 0;
    throw new PedigreeError('NULL_VALUE', `null is not a value: leave the member out${at(path)}`, { path });
  }
  if (typeof value !== 'object')
    throw new PedigreeError('BAD_INPUT', required(`a JSON value is required${at(path)}`, typeof value));
  if (depth >= MAX_JSON_DEPTH) {
    throw new PedigreeError(
      'BAD_JSON',
      `JSON may nest ${String(MAX_JSON_DEPTH)} levels deep, but more were given${at(path)}`,
      { path },
    );
  }
  let members = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++)
      members += checkValue(value[i], nulls, `${path}/${String(i)}`, depth + 1);
    return members;
  }
  for (const name in value) {
    checkString(name, path);
    if (name === '__proto__')
      throw new PedigreeError('BAD_INPUT', `a member may not be called "__proto__"${at(path)}`);
    members += 1 + checkValue((value as Record<string, unknown>)[name], nulls, `${path}/${name}`, depth + 1);
  }
  return members;
}

function checkString(value: string, path: string): 0 {
  if (value.isWellFormed()) return 0;
  throw new PedigreeError(
    'LONE_SURROGATE',
    `text must be well-formed Unicode, but a surrogate stands alone${at(path)}`,
    { path },
  );
}

function checkNumber(value: number, path: string): 0 {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return 0;
  throw new PedigreeError(
    'UNSAFE_NUMBER',
    required(
      `a number must be within ±(2^53 − 1), so that every reader sees the same value; send a larger one as text${at(path)}`,
      String(value),
    ),
    { path },
  );
}

function at(path: string): string {
  return path === '' ? '' : `, at ${path}`;
}

function countColons(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a) count++;
    else if (code === 0x22) i = endOfString(text, i);
  }
  return count;
}

/** The position of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(position - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** Finds the name that `parseStrictJson` counted twice; called for texts that have one. */
function findDuplicate(text: string): { name: string; offset: number } {
  const scopes: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '{' || char === '[') scopes.push(new Set());
    else if (char === '}' || char === ']') scopes.pop();
    else if (char === '"') {
      const end = endOfString(text, i);
      const scope = scopes.at(-1);
      if (scope && /^\s*:/.test(text.slice(end + 1))) {
        const name = JSON.parse(text.slice(i, end + 1)) as string;
        if (scope.has(name)) return { name, offset: i };
        scope.add(name);
      }
      i = end;
    }
  }
  throw new PedigreeError('INTERNAL', 'a duplicate name was counted but not found');
}
