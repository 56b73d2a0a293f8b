/** Ways from a root of the schema to a type, as the text of an operation. */
import { getNamedType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/** Arguments of the roots, by `Type.field`: a field without an entry takes none. */
export type RootArguments = Readonly<Record<string, string>>;

export interface SchemaPath {
  /** `Query.trace`, then `Trace.features`, … */
  readonly fields: readonly { readonly type: string; readonly field: string }[];
  /** Name of the type that it ends in. */
  readonly end: string;
}

/** The shortest ways to each type that is reached from a root, up to `most` of each; the root itself is reached by none. */
export function pathsFrom(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  most: number,
): Map<string, SchemaPath[]> {
  const found = new Map<string, SchemaPath[]>([[root.name, [{ fields: [], end: root.name }]]]);
  let frontier: SchemaPath[] = [{ fields: [], end: root.name }];
  while (frontier.length > 0) {
    const next: SchemaPath[] = [];
    for (const path of frontier) {
      for (const step of stepsOf(schema, path)) {
        const known = found.get(step.end) ?? [];
        if (known.length >= most) continue;
        found.set(step.end, [...known, step]);
        next.push(step);
      }
    }
    frontier = next;
  }
  return found;
}

function stepsOf(schema: GraphQLSchema, { fields, end }: SchemaPath): SchemaPath[] {
  const type = schema.getType(end) as GraphQLObjectType;
  return Object.values(type.getFields()).flatMap((field) => {
    const returned = getNamedType(field.type);
    const seen = fields.some((each) => each.type === returned.name) || returned.name === end;
    if (!isObjectType(returned) || seen) return [];
    return [{ fields: [...fields, { type: end, field: field.name }], end: returned.name }];
  });
}

/** The text that selects something at the end of a path. */
export function selectAt(
  operation: 'mutation' | 'query' | 'subscription',
  { fields }: SchemaPath,
  selection: string,
  args: RootArguments,
): string {
  const [open, close] = fields.reduce(
    ([before, after], { type, field }) => [
      `${before}${field}${args[`${type}.${field}`] ?? ''} { `,
      `${after} }`,
    ],
    ['', ''],
  );
  return `${operation} { ${open}${selection}${close} }`;
}

/** The objects at the end of a path in an answer. */
export function objectsAt(data: unknown, { fields }: SchemaPath): Record<string, unknown>[] {
  return fields.reduce<unknown[]>(
    (objects, { field }) =>
      objects.flatMap((object) => {
        const value = (object as Record<string, unknown> | null)?.[field];
        const values: unknown[] = Array.isArray(value) ? value : [value];
        return values.filter((each) => each !== null && each !== undefined);
      }),
    [data],
  ) as Record<string, unknown>[];
}
