/** `rootCause`: the ranking of the service in the types of the schema. */
import type { Cause, RootCause, RootCauseArgs } from '../../lineage/root-cause-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import { lookedIn, type RequestContext } from '../context.js';
import { artifactAsOf } from './artifact.js';

/** A cause with the point as of which it is shown. */
type ShownCause = Cause & { readonly asOf: number };

export const rootCauseResolvers = {
  Query: {
    rootCause: (
      _: unknown,
      { asOf, ...args }: WithAsOf<RootCauseArgs>,
      context: RequestContext,
    ): Promise<RootCause> =>
      context.services.rootCause.rootCause({ ...args, asOf: toAsOf(asOf) }, lookedIn(context)),
  },
  RootCause: {
    candidates: ({ causes, asOf }: RootCause): ShownCause[] => causes.map((cause) => ({ ...cause, asOf })),
    truncated: ({ causes, total }: RootCause) => total > causes.length,
  },
  RootCauseCandidate: {
    artifact: ({ id, asOf }: ShownCause, _: unknown, { loaders }: RequestContext) =>
      artifactAsOf(loaders, id, asOf),
    suspects: ({ table }: ShownCause) => table.suspectsWith,
    controls: ({ table }: ShownCause) => table.controlsWith,
  },
};
