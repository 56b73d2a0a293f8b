/**
 * The only file that knows graphql-shield: the compiled policy as its rule tree, deny by default.
 *
 * A rule looks at the principal alone, so its verdict may be cached for the request; shield's contextual cache would be
 * wrong for anything that looks at a row.
 */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { deny, rule, shield } from 'graphql-shield';
import { isGranted, type Policy, type Requirement } from '../access/policy.js';
import type { RequestContext } from './context.js';

type Rule = ReturnType<ReturnType<typeof rule>>;

/** The schema with the gate in front of every field. */
export function withShield(schema: GraphQLSchema, policy: Policy): GraphQLSchema {
  const rules = new Map<string, Rule>();
  const tree = Object.fromEntries(
    [...policy].map(([type, fields]) => [
      type,
      Object.fromEntries([...fields].map(([field, requirement]) => [field, ruleFor(rules, requirement)])),
    ]),
  );
  // Errors of resolvers pass: they are masked once, for every kind of error, where the answer is formatted.
  return applyMiddleware(
    schema,
    shield(tree, { fallbackRule: deny, allowExternalErrors: true, fallbackError: forbidden([]) }),
  );
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
