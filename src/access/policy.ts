/**
 * The policy as compiled from the SDL: which scopes each field asks for. Deny by default: a field without a decision is
 * a defect that stops the server from starting.
 */
import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { PedigreeError, required } from '../domain/errors.js';
import { isScope, type Scope } from './scopes.js';

/** Sets of scopes of each of which a principal needs one: `[[A], [B, C]]` is A and (B or C). */
export type Requirement = readonly (readonly Scope[])[];

/** type name → field name → what it asks for */
export type Policy = ReadonlyMap<string, ReadonlyMap<string, Requirement>>;

/** What everybody has who may ask at all. */
export const BASE_SCOPE: Scope = 'READ_LINEAGE';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Types that the library generates without a place for a directive; they only carry pages. */
const STRUCTURAL: Readonly<Record<string, Requirement>> = { PageInfo: [['READ_LINEAGE']] };

/** Compiles the policy of a whole schema. Error: `CONFIGURATION`, naming every field without a decision. */
export function compilePolicy(schema: GraphQLSchema): Policy {
  const policy = new Map<string, Map<string, Requirement>>();
  const undecided: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    const fields = new Map<string, Requirement>();
    for (const field of Object.values(type.getFields())) {
      const decision = decide(schema, type, field);
      if (decision) fields.set(field.name, decision);
      else undecided.push(`${type.name}.${field.name}`);
    }
    policy.set(type.name, fields);
  }
  if (undecided.length > 0) {
    throw new PedigreeError(
      'CONFIGURATION',
      required('every field needs an @access decision', undecided.join(', ')),
      { undecided },
    );
  }
  return policy;
}

/** True if the principal's scopes meet a requirement. */
export function isGranted(scopes: ReadonlySet<Scope>, requirement: Requirement): boolean {
  return requirement.every((anyOf) => anyOf.some((scope) => scopes.has(scope)));
}

/**
 * A field asks for what its type asks for and for what it asks for itself. Fields without either (generated roots and
 * connections) ask for what the type that they return asks for.
 */
function decide(
  schema: GraphQLSchema,
  type: Composite,
  field: GraphQLField<unknown, unknown>,
): Requirement | undefined {
  const own = [...accessOf(schema, type), ...accessOf(schema, field)];
  if (own.length > 0) return own;
  const structural = STRUCTURAL[type.name];
  if (structural) return structural;
  const returned = getNamedType(field.type);
  if (isObjectType(returned) || isInterfaceType(returned)) {
    const inherited = [
      ...accessOf(schema, returned),
      ...Object.values(returned.getFields()).flatMap((inner) => inheritedFrom(schema, returned, inner)),
    ];
    return inherited.length > 0 ? inherited : STRUCTURAL[returned.name];
  }
  return decideScalar(type);
}

/** A generated wrapper (`…Connection`, `…Relationship`) asks for what the types it wraps ask for. */
function inheritedFrom(
  schema: GraphQLSchema,
  wrapper: Composite,
  field: GraphQLField<unknown, unknown>,
): (readonly Scope[])[] {
  if (accessOf(schema, wrapper).length > 0) return [];
  const returned = getNamedType(field.type);
  return [...accessOf(schema, field), ...(isObjectType(returned) ? accessOf(schema, returned) : [])];
}

/** Cursors and totals of the library's connections say nothing beyond the page that they belong to. */
function decideScalar(type: Composite): Requirement | undefined {
  return /(Connection|Relationship)$/.test(type.name) ? [['READ_LINEAGE']] : undefined;
}

function accessOf(
  schema: GraphQLSchema,
  element: Composite | GraphQLField<unknown, unknown>,
): (readonly Scope[])[] {
  const directives = getDirective(schema, element, 'access') ?? [];
  return directives.map((directive) => {
    const scopes = directive.requires as string[];
    const unknown = scopes.find((scope) => !isScope(scope));
    if (unknown !== undefined || scopes.length === 0) {
      throw new PedigreeError(
        'CONFIGURATION',
        required(`@access on ${element.name} must name known scopes`, unknown ?? 'none'),
      );
    }
    return scopes as Scope[];
  });
}
