/** Retention rules: what they are, what they would do, and doing it; and reading what a duty keeps. */
import { PedigreeError, required } from '../../domain/errors.js';
import type { PersonalMember } from '../../lineage/personal-service.js';
import type { RetentionPage, RetentionQuestion } from '../../governance/retention/retention-service.js';
import type { RetentionRule, RetentionRules } from '../../governance/retention/rules.js';
import { kidsOfPaths, type StoredProps } from '../../store/stored-values.js';
import type { RequestContext } from '../context.js';

export const retentionResolvers = {
  Query: {
    retentionRules: (_: unknown, __: unknown, { services }: RequestContext): RetentionRules =>
      services.retention.rules,
    retentionPreview: (
      _: unknown,
      { at, ...question }: RetentionQuestion & { readonly at?: number | null },
      { services }: RequestContext,
    ): Promise<RetentionPage> => services.retention.preview({ ...question, at: at ?? undefined }),
    restrictedValues: (
      _: unknown,
      { id }: { readonly id: string },
      context: RequestContext,
    ): Promise<readonly PersonalMember[]> => restrictedIn(id, context),
  },
  Mutation: {
    runRetention: (
      _: unknown,
      args: RetentionQuestion & { readonly rules: string },
      { services, principal }: RequestContext,
    ): Promise<RetentionPage> => services.retention.run(args, principal.name),
  },
  RetentionRule: {
    keepFor: ({ keepFor }: RetentionRule) => keepFor?.text,
    eraseAfter: ({ eraseAfter }: RetentionRule) => eraseAfter?.text,
  },
};

async function restrictedIn(
  id: string,
  { services, principal, purpose, recording }: RequestContext,
): Promise<readonly PersonalMember[]> {
  const props: StoredProps | undefined = await services.restricted.node(id);
  if (!props) throw new PedigreeError('NOT_FOUND', required('the id of something declared is required', id));
  const members = await services.restricted.of(props, purpose, principal.scopes.has('READ_PERSONAL'));
  const open = new Set(members.filter(({ read }) => 'value' in read).map(({ path }) => path));
  recording.read?.looked(id, open.size, kidsOfPaths(props, open));
  return members;
}
