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
  const result = schema.safeParse(value);
  if (result.success) return value;
  const issue = result.error.issues[0];
  const where = [path, ...(issue?.path ?? [])].join('/');
  const code = issue?.code === 'unrecognized_keys' ? 'UNKNOWN_FIELD' : 'BAD_INPUT';
  throw new PedigreeError(code, `${where}: ${issue?.message ?? 'wrong shape'}`, { path: where });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
