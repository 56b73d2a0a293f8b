/** `dashboard`: each list is read when it is asked for, the counts once for all of them. */
import type { DashboardCounts, KindState } from '../../lineage/dashboard-service.js';
import { readHead, type LogHead } from '../../store/log-head.js';
import type { StoredProps } from '../../store/stored-values.js';
import type { RequestContext } from '../context.js';
import { artifactAsOf, type ArtifactSource } from './artifact.js';

interface First {
  readonly first: number;
}

/** The parent of the type `Dashboard`. */
interface Dashboard {
  readonly asOf: number;
  readonly counts: () => Promise<DashboardCounts>;
}

type Part<T> = (parent: Dashboard, args: First, context: RequestContext) => Promise<T>;

export const dashboardResolvers = {
  Query: {
    dashboard: async (_: unknown, __: unknown, { services }: RequestContext): Promise<Dashboard> => {
      let counts: Promise<DashboardCounts> | undefined;
      return {
        asOf: await services.dashboard.now(),
        counts: () => (counts ??= services.dashboard.counts()),
      };
    },
  },
  Dashboard: {
    kinds: async ({ counts }: Dashboard) => (await counts()).kinds,
    attestations: async ({ counts }: Dashboard) => (await counts()).attestations,
    placeholders: async ({ counts }: Dashboard) => (await counts()).placeholders,
    completeness: async ({ counts }: Dashboard) => (await counts()).completeness,
    newest: (async ({ asOf }, { first }, context) =>
      shown(await context.services.dashboard.newest(asOf, first), asOf, context)) as Part<ArtifactSource[]>,
    newestDecisions: (async ({ asOf }, { first }, context) =>
      shown(await context.services.dashboard.newestDecisions(asOf, first), asOf, context)) as Part<
      ArtifactSource[]
    >,
    newestPlaceholders: (async ({ asOf }, { first }, context) => {
      const { newest } = await context.services.dashboard.placeholders(first);
      const found = await Promise.all(newest.map((id) => context.loaders.artifacts.load({ id, asOf })));
      // One whose every mention was withdrawn is nobody's placeholder any more.
      return found.flatMap((props) => (props ? [{ props, asOf }] : []));
    }) as Part<ArtifactSource[]>,
    findings: (async (_, { first }, { services, principal }) =>
      (await services.attestations.page({ findingsOnly: true, first }, principal.name)).items) as Part<
      readonly StoredProps[]
    >,
    unfinishedRuns: (async ({ asOf }, { first }, context) => {
      const { ids, total, looked } = await context.services.dashboard.unfinishedRuns(asOf, first);
      return { items: await shown(ids, asOf, context), total, looked, truncated: total > ids.length };
    }) as Part<object>,
    log: (_: Dashboard, __: unknown, { services }: RequestContext): Promise<LogHead> =>
      readHead(services.database),
  },
  KindState: {
    placeholdersAreExact: ({ atLeast }: KindState) => !atLeast,
  },
};

function shown(ids: readonly string[], asOf: number, { loaders }: RequestContext): Promise<ArtifactSource[]> {
  return Promise.all(ids.map((id) => artifactAsOf(loaders, id, asOf)));
}
