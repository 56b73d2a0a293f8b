/** `watch`, by itself and on the dashboard. */
import type { Watch, WatchArgs, WatchFinding } from '../../lineage/watch-service.js';
import type { RequestContext } from '../context.js';
import type { ArtifactSource } from './artifact.js';

type FindingParent = WatchFinding & { readonly artifact: ArtifactSource };

/** A run that is recorded later than a day after it happened came late, as `watch` has it by default. */
const LATEST_HOURS = 24;

export const watchResolvers = {
  Query: {
    watch: (_: unknown, args: WatchArgs, { services }: RequestContext): Promise<Watch> =>
      services.watch.watch(args),
  },
  Dashboard: {
    watch: (
      _: unknown,
      { first }: { readonly first: number },
      { services }: RequestContext,
    ): Promise<Watch> => services.watch.watch({ first, latestHours: LATEST_HOURS }),
  },
  Watch: {
    findings: async (
      { findings, asOf }: Watch,
      _: unknown,
      { loaders }: RequestContext,
    ): Promise<FindingParent[]> => {
      const found = await Promise.all(findings.map(({ id }) => loaders.artifacts.load({ id, asOf })));
      // One whose every mention was withdrawn is nobody's missing parent any more.
      return findings.flatMap((finding, i) => {
        const props = found[i];
        return props ? [{ ...finding, artifact: { props, asOf } }] : [];
      });
    },
  },
};
