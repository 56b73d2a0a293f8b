/** `diff`: two ancestries side by side. */
import type { Diff, DiffArgs } from '../../lineage/diff-service.js';
import type { RequestContext } from '../context.js';
import { toList } from './artifact.js';

export const diffResolvers = {
  Query: {
    diff: (_: unknown, args: DiffArgs, { services }: RequestContext): Promise<Diff> =>
      services.diff.diff(args),
  },
  Diff: {
    onlyA: ({ onlyA }: Diff) => toList(onlyA),
    onlyB: ({ onlyB }: Diff) => toList(onlyB),
    changed: ({ changed }: Diff) => toList(changed),
  },
};
