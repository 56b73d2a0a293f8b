/** Refuses operations whose filters or orders, written out or in variables, look at what their asker may not read. */
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { forbiddenInputs } from '../access/argument-policy.js';
import type { Policy } from '../access/policy.js';
import type { ErrorCode } from '../domain/errors.js';
import type { RequestContext } from './context.js';

const FORBIDDEN: ErrorCode = 'FORBIDDEN';

/** Error: `FORBIDDEN`, naming the inputs. */
export function argumentGuard(policy: Policy): ApolloServerPlugin<Pick<RequestContext, 'principal'>> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, request, contextValue }) => {
          const operation = { schema, document, variables: request.variables ?? {} };
          const found = forbiddenInputs(operation, policy, contextValue.principal.scopes);
          if (found.length === 0) return Promise.resolve();
          throw new GraphQLError(`your roles may not filter or sort by ${found.join(', ')}`, {
            extensions: { code: FORBIDDEN, http: { status: 403 } },
          });
        },
      }),
  };
}
