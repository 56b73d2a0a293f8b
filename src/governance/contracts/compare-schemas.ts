/** What changed between two versions of a data set's columns, and what of it breaks those who read them. */
import type { SchemaField } from '../../domain/declaration.js';

export type ColumnChangeKind = 'ADDED' | 'REMOVED' | 'TYPE_CHANGED' | 'MADE_NULLABLE' | 'MADE_REQUIRED';

export interface ColumnChange {
  readonly column: string;
  readonly kind: ColumnChangeKind;
  /** The column's type before and after, or whether it may be null. */
  readonly before?: string;
  readonly after?: string;
  readonly breaking: boolean;
}

/**
 * In the order of the earlier columns, then what was added. Whoever reads a column is broken if it is gone, if its type is
 * another one, or if it may now lack a value that was promised; an unsaid `nullable` promises nothing.
 */
export function compareSchemas(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
): ColumnChange[] {
  const later = new Map(after.map((field) => [field.name, field]));
  const earlier = new Set(before.map(({ name }) => name));
  return [
    ...before.flatMap((field) => changesOf(field, later.get(field.name))),
    ...after
      .filter(({ name }) => !earlier.has(name))
      .map(({ name, type }): ColumnChange => ({ column: name, kind: 'ADDED', after: type, breaking: false })),
  ];
}

function changesOf(before: SchemaField, after: SchemaField | undefined): ColumnChange[] {
  const column = before.name;
  if (!after) return [{ column, kind: 'REMOVED', before: before.type, breaking: true }];
  const changes: ColumnChange[] = [];
  if (before.type !== after.type) {
    changes.push({ column, kind: 'TYPE_CHANGED', before: before.type, after: after.type, breaking: true });
  }
  const promised = before.nullable === false;
  if (promised !== (after.nullable === false)) {
    const kind = promised ? 'MADE_NULLABLE' : 'MADE_REQUIRED';
    const word = (isPromised: boolean): string => (isPromised ? 'not null' : 'may be null');
    changes.push({ column, kind, before: word(promised), after: word(!promised), breaking: promised });
  }
  return changes;
}
