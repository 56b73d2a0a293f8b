/** `paths`: ways from an effect to a cause. */
import type { Paths, PathsArgs, PathStep } from '../../lineage/paths-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';

export const pathsResolvers = {
  Query: {
    paths: (
      _: unknown,
      { asOf, ...args }: WithAsOf<PathsArgs>,
      { services }: RequestContext,
    ): Promise<Paths> => services.paths.paths({ ...args, asOf: toAsOf(asOf) }),
  },
  Paths: {
    incomplete: ({ from }: Paths, _: unknown, { granted }: RequestContext) =>
      granted?.incomplete(from, 'UPSTREAM'),
  },
  Path: {
    length: (steps: readonly PathStep[]) => steps.length,
    steps: (steps: readonly PathStep[]) => steps,
  },
};
