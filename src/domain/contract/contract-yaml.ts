/** A contract as YAML text, the form in which people keep it. */
import { parseDocument, stringify } from 'yaml';
import { PedigreeError } from '../errors.js';
import type { JsonObject } from '../json.js';

/** Aliases that a contract may expand to: enough for anchors by hand, too few for a bomb. */
const MAX_ALIASES = 100;

/** The document that YAML text holds; JSON is YAML, too. Null members are left out. Error: `BAD_INPUT` with line and column. */
export function parseContractYaml(text: string): JsonObject {
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error)
    throw new PedigreeError(
      'BAD_INPUT',
      `a contract must be YAML: ${error.message.split('\n')[0] ?? ''}`,
      {},
      error,
    );
  return withoutNull(document.toJS({ maxAliasCount: MAX_ALIASES })) as JsonObject;
}

export function toContractYaml(document: JsonObject): string {
  return stringify(document, { lineWidth: 100 });
}

/** Declarations have no null; in a contract it says the same as leaving the member out. In a list it stands for itself. */
function withoutNull(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.filter((one) => one !== null).map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNull(member)]])),
  );
}
