/** `diff`: two ancestries side by side, each list of differences in pages. */
import type { ChangedArtifact, Diff, DiffArgs, DiffPage } from '../../lineage/diff-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

interface PageArgs {
  readonly after?: string | null;
}

export const diffResolvers = {
  Query: {
    diff: (_: unknown, { asOf, ...args }: WithAsOf<DiffArgs>, { services }: RequestContext): Promise<Diff> =>
      services.diff.diff({ ...args, asOf: toAsOf(asOf) }),
  },
  Diff: {
    incomplete: ({ a, b }: Diff, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(a, 'UPSTREAM') ?? granted?.incomplete(b, 'UPSTREAM'),
    onlyA: (diff: Diff, { after }: PageArgs, { services, principal }: RequestContext) =>
      toPage(services.diff.page(diff, 'onlyA', after, principal.name)),
    onlyB: (diff: Diff, { after }: PageArgs, { services, principal }: RequestContext) =>
      toPage(services.diff.page(diff, 'onlyB', after, principal.name)),
    changed: async (diff: Diff, { after }: PageArgs, { services, principal }: RequestContext) =>
      toPage<ChangedArtifact>(await services.diff.changedPage(diff, after, principal.name)),
  },
};

function toPage<T>(page: DiffPage<T>): DiffPage<T> & { readonly truncated: boolean } {
  return { ...page, truncated: page.total > page.items.length };
}
