/** `diff`: two ancestries side by side. */
import type { Diff, DiffArgs } from '../../lineage/diff-service.js';
import { toAsOf, type WithAsOf } from '../as-of.js';
import type { RequestContext } from '../context.js';
import { toList } from './artifact.js';

export const diffResolvers = {
  Query: {
    diff: (_: unknown, { asOf, ...args }: WithAsOf<DiffArgs>, { services }: RequestContext): Promise<Diff> =>
      services.diff.diff({ ...args, asOf: toAsOf(asOf) }),
  },
  Diff: {
    onlyA: ({ onlyA }: Diff) => toList(onlyA),
    onlyB: ({ onlyB }: Diff) => toList(onlyB),
    changed: ({ changed }: Diff) => toList(changed),
  },
};
