/** `dataDrift`: two profiles side by side. */
import type { DriftLimits, FeatureDrift } from '../../domain/profile/drift.js';
import type { DataDrift } from '../../governance/drift/drift-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

type DataDriftArgs = WithAsOf<DriftLimits & { readonly of: string; readonly baseline: string }>;

export const driftResolvers = {
  Query: {
    dataDrift: (
      _: unknown,
      { of, baseline, asOf, ...limits }: DataDriftArgs,
      { services }: RequestContext,
    ): Promise<DataDrift> => services.drift.dataDrift({ of, baseline, asOf: toAsOf(asOf), limits }),
  },
  DataDrift: {
    drifted: ({ measures }: DataDrift) => measures.filter(({ drifted }) => drifted).length,
  },
  DriftMeasure: {
    baselineCount: ({ counts }: FeatureDrift) => counts[0],
    sampleCount: ({ counts }: FeatureDrift) => counts[1],
  },
};
