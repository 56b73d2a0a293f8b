/**
 * Bounds on the text of a query, looked at before anything is resolved: they keep parsing and validating cheap, which the
 * cost limit comes too late for. Every door to the schema uses the same.
 */
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  parse,
  type ASTVisitor,
  type ParseOptions,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { ErrorCode } from '../domain/errors.js';

/** Declarations travel in variables, so no honest document comes near. */
export const PARSE_OPTIONS: ParseOptions = { maxLexicalTokens: 5_000 };

/** Reports all of what is too much; the library would throw at the first. */
const reporting = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, { message }: GraphQLError): void => {
      const code: ErrorCode = 'QUERY_TOO_COSTLY';
      context?.reportError(
        new GraphQLError(message.replace(/^Syntax Error: /, ''), { extensions: { code } }),
      );
    },
  ],
};

/** Where a principal may run nothing of a kind (`mutation`, say), there is no such root: the specified rules look no further. */
function kindRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      const code: ErrorCode = 'FORBIDDEN';
      const message = `the roles of your token may run no ${node.operation}`;
      context.reportError(new GraphQLError(message, { nodes: [node], extensions: { code } }));
    },
  };
}

export const DOCUMENT_RULES = [
  kindRule,
  maxDepthRule({ n: 20, flattenFragments: true, ...reporting }),
  maxAliasesRule({ n: 100, ...reporting }),
  maxDirectivesRule({ n: 100, ...reporting }),
] as readonly ValidationRule[];

/** Throws a GraphQLError if a text is no document that either door would parse. */
export function checkSyntax(text: string): void {
  parse(text, PARSE_OPTIONS);
}
