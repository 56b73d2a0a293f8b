/** Grants, as those see them who issue them. */
import type { GrantInput } from '../../governance/grants/grant-terms.js';
import type { GrantPage, IssuedGrant } from '../../governance/grants/grant-service.js';
import { toAsOf, type AsOfArg } from '../as-of.js';
import type { Mask, RedactionRule } from '../../access/redaction-profile.js';
import type { Classification } from '../../domain/kinds.js';
import type { DeclaredProfile } from '../../governance/grants/profile-service.js';
import type { RequestContext } from '../context.js';

interface RuleInput {
  readonly classifications: readonly Classification[];
  readonly names?: readonly string[] | null;
  readonly mask: Mask['mask'];
  readonly first: number;
  readonly last: number;
  readonly width?: number | null;
  readonly origin: number;
  readonly separator: string;
  readonly levels: number;
}

interface ProfileInput {
  readonly name: string;
  readonly rules: readonly RuleInput[];
}

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
    redactionProfiles: (_: unknown, __: unknown, { services }: RequestContext) => services.profiles.list(),
    grant: (_: unknown, { id }: { id: string }, { services }: RequestContext): Promise<IssuedGrant> =>
      services.grants.grant(id),
  },
  Mutation: {
    declareRedactionProfile: (
      _: unknown,
      { profile }: { profile: ProfileInput },
      { services, principal }: RequestContext,
    ): Promise<DeclaredProfile> =>
      services.profiles.declare({ name: profile.name, rules: profile.rules.map(toRule) }, principal),
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

/** Only what the mask of a rule has: the rest would change the digest and nothing else. */
function toRule({ classifications, names, ...input }: RuleInput): RedactionRule {
  return { classifications, ...(names == null ? {} : { names }), ...maskOf(input) };
}

function maskOf({ mask, ...input }: Omit<RuleInput, 'classifications' | 'names'>): Mask {
  const { first, last, width, origin, separator, levels } = input;
  if (mask === 'PARTIAL') return { mask, first, last };
  if (mask === 'RANGE') return { mask, width: width ?? 0, origin };
  if (mask === 'LEVEL') return { mask, separator, levels };
  return { mask };
}
