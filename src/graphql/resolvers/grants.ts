/** Grants, as those see them who issue them. */
import type { GrantInput } from '../../governance/grants/grant-terms.js';
import type { GrantPage, IssuedGrant } from '../../governance/grants/grant-service.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import type { RequestContext } from '../context.js';

interface IssueArgs {
  readonly input: Omit<GrantInput, 'asOf'> & { readonly asOf?: AsOfArg | null };
}

export const grantResolvers = {
  Query: {
    grants: (
      _: unknown,
      { first, after }: { first: number; after?: string | null },
      { services, principal }: RequestContext,
    ): Promise<GrantPage> => services.grants.page(first, after, principal.name),
    grant: (_: unknown, { id }: { id: string }, { services }: RequestContext): Promise<IssuedGrant> =>
      services.grants.grant(id),
  },
  Mutation: {
    issueGrant: (
      _: unknown,
      { input: { asOf, ...input } }: IssueArgs,
      { services, principal }: RequestContext,
    ): Promise<{ grant: IssuedGrant; token: string }> =>
      services.grants.issue({ ...input, asOf: toAsOf(asOf) ?? null }, principal),
    revokeGrant: (
      _: unknown,
      { id, reason }: { id: string; reason: string },
      { services, principal }: RequestContext,
    ): Promise<IssuedGrant> => services.grants.revoke(id, reason, principal),
  },
};
