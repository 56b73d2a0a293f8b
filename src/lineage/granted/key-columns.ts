/** The columns of a data set's keys with their classifications, and what a profile leaves of the keys that it says it holds. */
import { maskFor, type Classified, type RedactionProfile } from '../../access/redaction-profile.js';
import type { HeldKeys, SchemaField } from '../../domain/declaration.js';
import type { Json } from '../../domain/json.js';
import type { Classification } from '../../domain/kinds.js';

/** A data set's open fields by disclosure path. */
type Fields = ReadonlyMap<string, Json>;

/** Each column's own classification, or else the data set's; undefined if the data set says nothing of its keys. */
export function keyColumns(fields: Fields): readonly Classified[] | undefined {
  const keys = fields.get('value/keys') as unknown as HeldKeys | undefined;
  const schema = (fields.get('value/schema') ?? []) as unknown as readonly SchemaField[];
  const whole = fields.get('value/classification') as Classification | undefined;
  return keys?.columns.map((name) => ({
    name,
    classification: schema.find((field) => field.name === name)?.classification ?? whole,
  }));
}

/**
 * The fields without the keys that a data set says it holds, where a column of them is classified and its mask keeps less
 * than all: their columns stay. Open values that nobody classified are open.
 */
export function withoutHeldKeys(fields: Fields, profile: RedactionProfile): Fields {
  const columns = keyColumns(fields) ?? [];
  const isMasked = (column: Classified): boolean =>
    column.classification !== undefined && maskFor(profile, column).mask !== 'KEEP';
  if (!columns.some(isMasked)) return fields;
  return new Map([...fields, ['value/keys', { columns: columns.map(({ name }) => name) }]]);
}
