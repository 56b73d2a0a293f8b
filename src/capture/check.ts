/** Small checks on untrusted objects that the parsers share. */
import type { z } from 'zod';
import { PedigreeError, required } from '../domain/errors.js';

/** Refuses members that are not in the list, naming them and the list. */
export function refuseUnknown(
  input: Record<string, unknown>,
  allowed: readonly string[],
  where: string,
): void {
  const unknown = Object.keys(input).find((name) => !allowed.includes(name));
  if (unknown === undefined) return;
  throw new PedigreeError(
    'UNKNOWN_FIELD',
    required(`${where} may have the members ${allowed.join(', ')}`, unknown),
  );
}

/** Runs a zod schema and turns its first issue into an error of ours, with the path of the member. */
export function check(schema: z.ZodType, value: unknown, path: string): unknown {
  const result = schema.safeParse(value, { error: requirementOf, reportInput: true });
  if (result.success) return value;
  const [issue] = result.error.issues as [z.core.$ZodIssue];
  const where = [path, ...issue.path].join('/');
  const [code, got] =
    issue.code === 'unrecognized_keys'
      ? (['UNKNOWN_FIELD', issue.keys.join(', ')] as const)
      : (['BAD_INPUT', issue.input] as const);
  throw new PedigreeError(code, required(`${where} ${issue.message}`, got), { path: where });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value must be, in our words; undefined where the schema says it itself. */
function requirementOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NOUNS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `must ${measureOf(issue.origin)} at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must ${measureOf(issue.origin)} at most ${String(issue.maximum)}`;
    default:
      return undefined;
  }
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function measureOf(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have a length of' : 'be';
}
