/** `log`, `checkpoint` and the proofs: the append-only logs and what they have signed. */
import { PedigreeError } from '../../domain/errors.js';
import type { LogName } from '../../store/as-of.js';
import { readHead, type LogHead } from '../../store/log-head.js';
import type { GrantedGraph } from '../../lineage/granted/granted-graph.js';
import {
  unknownEntry,
  type ConsistencyProof,
  type InclusionProof,
  type LogReader,
} from '../../store/log-reader.js';
import type { RequestContext, Services } from '../context.js';

/** The driver's integer, as the scalar BigInt gives it. */
interface BigIntArg {
  toNumber(): number;
}

interface LogArg {
  readonly log: 'LINEAGE' | 'ACCESS';
}

interface InclusionArgs {
  readonly of?: string | null;
  readonly leafIndex?: BigIntArg | null;
  readonly treeSize?: BigIntArg | null;
}

interface ConsistencyArgs extends LogArg {
  readonly from: BigIntArg;
  readonly to?: BigIntArg | null;
}

export const logResolvers = {
  Query: {
    log: (_: unknown, __: unknown, { services }: RequestContext): Promise<LogHead> =>
      readHead(services.database),
    checkpoint: async (_: unknown, { log }: LogArg, { services }: RequestContext) => {
      const reader = readerOf(services, log);
      return { ...(await reader.head()), verifierKey: () => reader.verifierKey() };
    },
    inclusionProof: async (_: unknown, args: InclusionArgs, { services, granted }: RequestContext) => {
      const reader = services.logs.lineage;
      if (granted) await requireGranted(args, granted);
      return reader.inclusion(await leafIndexOf(reader, args), args.treeSize?.toNumber());
    },
    consistencyProof: (_: unknown, { log, from, to }: ConsistencyArgs, { services }: RequestContext) =>
      readerOf(services, log).consistency(from.toNumber(), to?.toNumber()),
  },
  LogState: {
    treeSize: ({ size }: LogHead) => size,
    recordedAt: ({ at }: LogHead) => (at === 0 ? null : at),
    standing: (_: LogHead, __: unknown, { services }: RequestContext) => services.standing().state,
    problem: (_: LogHead, __: unknown, { services }: RequestContext) => services.standing().message || null,
  },
  Checkpoint: {
    treeSize: ({ size }: { readonly size: number }) => size,
  },
  InclusionProof: {
    leafHash: ({ leafHash }: InclusionProof) => base64(leafHash),
    root: ({ root }: InclusionProof) => base64(root),
    hashes: ({ hashes }: InclusionProof) => hashes.map(base64),
  },
  ConsistencyProof: {
    fromRoot: ({ fromRoot }: ConsistencyProof) => base64(fromRoot),
    toRoot: ({ toRoot }: ConsistencyProof) => base64(toRoot),
    hashes: ({ hashes }: ConsistencyProof) => hashes.map(base64),
  },
};

/**
 * Under a grant, entries are named by their artifacts: a position says how much was recorded before. A placeholder has no
 * entry as of the grant's point, whatever was declared since.
 */
async function requireGranted({ of, leafIndex }: InclusionArgs, granted: GrantedGraph): Promise<void> {
  if (leafIndex != null || of == null)
    throw new PedigreeError('BAD_INPUT', 'under a grant, "of" must be given and "leafIndex" left out');
  await granted.admit([of]);
  if (granted.node(of)?.declared !== true) throw unknownEntry(of);
}

function readerOf({ logs }: Services, log: LogArg['log']): LogReader {
  return logs[log.toLowerCase() as LogName];
}

async function leafIndexOf(reader: LogReader, { of, leafIndex }: InclusionArgs): Promise<number> {
  const given = [of, leafIndex].filter((arg) => arg !== undefined && arg !== null);
  if (given.length !== 1) throw new PedigreeError('BAD_INPUT', 'one of "of" and "leafIndex" must be given');
  return leafIndex ? leafIndex.toNumber() : reader.find(of as string);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
