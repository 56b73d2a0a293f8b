/**
 * The schema as one set of scopes may use it. What a principal may not use is not there: introspection does not show it,
 * "Did you mean" does not propose it, and asking for it by its name gets the same words as a name that was made up. So
 * whether a field is granted is decided once for each set of scopes, and not again for every row.
 */
import { mapSchema, MapperKind, pruneSchema } from '@graphql-tools/utils';
import { isInterfaceType, isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import { isGranted, type Policy } from '../access/policy.js';
import type { Scope } from '../access/scopes.js';
import { PedigreeError, required } from '../domain/errors.js';

export class VisibleSchemas {
  private readonly known = new Map<string, GraphQLSchema>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly policy: Policy,
  ) {}

  /** The same object for the same scopes, whoever has them. */
  of(scopes: ReadonlySet<Scope>): GraphQLSchema {
    const name = scopesName(scopes);
    const known = this.known.get(name);
    if (known) return known;
    const made = visibleSchema(this.schema, this.policy, scopes);
    this.known.set(name, made);
    return made;
  }
}

/** A set of scopes as one text. */
export function scopesName(scopes: ReadonlySet<Scope>): string {
  return [...scopes].toSorted().join(' ');
}

/**
 * The fields that these scopes are granted, and the types, inputs and enums that they need. A field without a decision is
 * not granted. Error: `CONFIGURATION` if a field is granted whose type has nothing that is.
 */
function visibleSchema(schema: GraphQLSchema, policy: Policy, scopes: ReadonlySet<Scope>): GraphQLSchema {
  const isVisible = (type: string, field: string): boolean => {
    const requirement = policy.get(type)?.get(field);
    return requirement !== undefined && isGranted(scopes, requirement);
  };
  const visible = pruneSchema(
    mapSchema(schema, {
      [MapperKind.COMPOSITE_FIELD]: (_config, field, type) => (isVisible(type, field) ? undefined : null),
    }),
  );
  refuseHollow(schema, visible, isVisible);
  return visible;
}

/** Pruning takes a type without fields away together with every field that returns it. */
function refuseHollow(
  whole: GraphQLSchema,
  visible: GraphQLSchema,
  isVisible: (type: string, field: string) => boolean,
): void {
  const lost = Object.values(visible.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) return [];
    const { name } = type;
    const before = whole.getType(name);
    const fields = isObjectType(before) || isInterfaceType(before) ? Object.keys(before.getFields()) : [];
    return fields
      .filter((field) => isVisible(name, field) && !(field in type.getFields()))
      .map((field) => `${name}.${field}`);
  });
  if (lost.length === 0) return;
  throw new PedigreeError(
    'CONFIGURATION',
    required('what a granted field returns must have a granted field', lost.join(', ')),
    { lost },
  );
}
