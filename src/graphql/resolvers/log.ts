/** `log`: the state of the append-only log. */
import { readHead, type LogHead } from '../../store/log-head.js';
import type { RequestContext } from '../context.js';

export const logResolvers = {
  Query: {
    log: (_: unknown, __: unknown, { services }: RequestContext): Promise<LogHead> =>
      readHead(services.database),
  },
  LogState: {
    treeSize: ({ size }: LogHead) => size,
    recordedAt: ({ at }: LogHead) => (at === 0 ? null : at),
  },
};
