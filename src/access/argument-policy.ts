/**
 * What may not be read may not be asked about either: a filter or an order over a hidden field finds its value by binary
 * search. Generated inputs (`PredictionWhere`, `PredictionSort`) carry the names of the fields that they look at, so each
 * of their fields asks for what that field asks for.
 */
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { PedigreeError, required } from '../domain/errors.js';
import { BASE_SCOPE, isGranted, type Policy, type Requirement } from './policy.js';
import type { Scope } from './scopes.js';

/**
 * The first guard, when the schema is built: protected fields are absent from filters and orders altogether. Error:
 * `CONFIGURATION`, naming each; `@filterable` and `@sortable` take them out.
 */
export function refuseProtectedInputs(schema: GraphQLSchema, policy: Policy): void {
  const exposed = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .flatMap((input) =>
      Object.keys(input.getFields())
        .filter((field) => requirementOf(policy, input, field).some((anyOf) => !anyOf.includes(BASE_SCOPE)))
        .map((field) => `${input.name}.${field}`),
    );
  if (exposed.length === 0) return;
  throw new PedigreeError(
    'CONFIGURATION',
    required('a protected field must not be filtered or sorted by', exposed.join(', ')),
    { exposed },
  );
}

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The second guard, for each operation: the inputs that look at what these scopes may not read, as `Type.field`. */
export function forbiddenInputs(
  { schema, document, variables }: AskedOperation,
  policy: Policy,
  scopes: ReadonlySet<Scope>,
): string[] {
  const found = new Set<string>();
  const look = (input: unknown, field: string): void => {
    if (!isInputObjectType(input) || isGranted(scopes, requirementOf(policy, input, field))) return;
    found.add(`${input.name}.${field}`);
  };
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      ObjectField: ({ name }) => {
        look(getNamedType(types.getParentInputType()), name.value);
      },
      VariableDefinition: ({ variable, type }) => {
        const declared = typeFromAST(schema, type) as GraphQLInputType | undefined;
        if (declared) lookInside(variables[variable.name.value], declared, look);
      },
    }),
  );
  return [...found];
}

function lookInside(
  value: unknown,
  type: GraphQLInputType,
  look: (input: unknown, field: string) => void,
): void {
  const nullable = getNullableType(type);
  if (Array.isArray(value)) {
    const item = isListType(nullable) ? nullable.ofType : nullable;
    for (const element of value) lookInside(element, item, look);
    return;
  }
  const input = isListType(nullable) ? getNamedType(nullable) : nullable;
  if (typeof value !== 'object' || value === null || !isInputObjectType(input)) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = input.getFields()[name];
    if (!field) continue;
    look(input, name);
    lookInside(inner, field.type, look);
  }
}

function requirementOf(policy: Policy, { name }: GraphQLInputObjectType, field: string): Requirement {
  const type = /^(\w+)(?:Where|Sort)$/.exec(name)?.[1] ?? '';
  return policy.get(type)?.get(field) ?? [];
}
