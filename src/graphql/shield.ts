/**
 * The only file that knows graphql-shield: the compiled policy as its rule tree, deny by default.
 *
 * It stands behind the visible schema (visible-schema.ts), which takes away what a principal is not granted. It asks again
 * at every way in (queries, mutations, subscriptions) and at every field that asks for more than reading lineage. At the
 * others the verdict is that of the way in, and a promise for each field of each row would cost more than reading it.
 *
 * A rule looks at the principal alone, so its verdict may be cached for the request; shield's contextual cache would be
 * wrong for anything that looks at a row.
 */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareTypeMap } from 'graphql-middleware';
import { deny, rule, shield } from 'graphql-shield';
import { BASE_SCOPE, isGranted, type Policy, type Requirement } from '../access/policy.js';
import type { RequestContext } from './context.js';

type Rule = ReturnType<ReturnType<typeof rule>>;

/** The schema with the gate in front of its ways in and its protected fields. */
export function withShield(schema: GraphQLSchema, policy: Policy): GraphQLSchema {
  const rules = new Map<string, Rule>();
  const tree = Object.fromEntries(
    [...policy].map(([type, fields]) => [
      type,
      Object.fromEntries([...fields].map(([field, requirement]) => [field, ruleFor(rules, requirement)])),
    ]),
  );
  // Errors of resolvers pass: they are masked once, for every kind of error, where the answer is formatted.
  const gate = shield(tree, { fallbackRule: deny, allowExternalErrors: true, fallbackError: forbidden([]) });
  return applyMiddleware(schema, gatesNeeded(schema, policy, gate));
}

/** What shield would put in front of every field, for those fields that need it. */
function gatesNeeded(
  schema: GraphQLSchema,
  policy: Policy,
  gate: ReturnType<typeof shield>,
): IMiddlewareTypeMap {
  const ways = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const names = new Set(ways.map((type) => type?.name));
  const isNeeded = (type: string, field: string): boolean =>
    names.has(type) || !isBase(policy.get(type)?.get(field));
  const all = Object.entries(gate.generate(schema) as Record<string, Record<string, never>>);
  return Object.fromEntries(
    all
      .map(
        ([type, fields]) =>
          [type, Object.entries(fields).filter(([field]) => isNeeded(type, field))] as const,
      )
      .filter(([, fields]) => fields.length > 0)
      .map(([type, fields]) => [type, Object.fromEntries(fields)]),
  );
}

function isBase(requirement: Requirement | undefined): boolean {
  return requirement?.every((anyOf) => anyOf.includes(BASE_SCOPE)) ?? false;
}

function ruleFor(rules: Map<string, Rule>, requirement: Requirement): Rule {
  const name = requirement.map((anyOf) => anyOf.join('|')).join('&');
  const known = rules.get(name);
  if (known) return known;
  const made = rule(name, { cache: 'contextual' })((_parent, _args, { principal }: RequestContext) =>
    isGranted(principal.scopes, requirement) ? true : forbidden(requirement),
  );
  rules.set(name, made);
  return made;
}

function forbidden(requirement: Requirement): GraphQLError {
  const scopes = requirement.map((anyOf) => anyOf.join(' or ')).join(' and ');
  return new GraphQLError(`this field needs the scope ${scopes || '(none grants it)'}`, {
    extensions: { code: 'FORBIDDEN' },
  });
}
