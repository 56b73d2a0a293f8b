/** Subscriptions: a generator of the service each, which ends when the client goes away or the token does. */
import type { Principal } from '../../access/principal.js';
import { PedigreeError, required } from '../../domain/errors.js';
import { parseUrn } from '../../domain/urn.js';
import type { Following, LineageChange, AttestedChange } from '../../lineage/live-service.js';
import type { GrantedGraph } from '../../lineage/granted/granted-graph.js';
import { notFound, requireArtifact } from '../../lineage/lineage-service.js';
import { LineageReader } from '../../store/lineage-reader.js';
import type { Direction } from '../../store/walk.js';
import { readHead } from '../../store/log-head.js';
import type { RequestContext } from '../context.js';

interface WatchArgs {
  readonly of: string;
  /** The driver's integer, as the scalar BigInt gives it. */
  readonly since?: { toNumber(): number } | null;
}

export const liveResolvers = {
  Subscription: {
    lineageChanged: {
      subscribe: (_: unknown, args: WatchArgs & { readonly direction: Direction }, context: RequestContext) =>
        follow(args, context, (following) =>
          context.services.live.lineageChanged(args.of, args.direction, following),
        ),
      resolve: (change: LineageChange) => change,
    },
    attested: {
      subscribe: (
        _: unknown,
        args: WatchArgs & { readonly types?: readonly string[] | null },
        context: RequestContext,
      ) =>
        follow(args, context, (following) =>
          context.services.live.attestedAbout(args.of, args.types ?? undefined, following),
        ),
      resolve: (change: AttestedChange) => change,
    },
  },
};

/** Checks the question, then hands out changes. */
async function follow<T>(
  { of, ...args }: WatchArgs,
  { services, principal, granted }: RequestContext,
  start: (following: Following) => AsyncGenerator<T>,
): Promise<AsyncGenerator<T>> {
  parseUrn(of);
  if (granted) return stoppingWith(principal, nothingChanges(of, args.since, granted));
  const { size } = await readHead(services.database);
  await requireArtifact(new LineageReader(services.database), of, size);
  const since = args.since?.toNumber() ?? size;
  if (since < 0 || since > size) {
    throw new PedigreeError(
      'AS_OF_IN_FUTURE',
      required(`since must be a tree size from 0 to ${size}`, since),
    );
  }
  return stoppingWith(principal, (signal) => start({ since, signal }));
}

/** What a grant opens is fixed: nothing is ever told, and where the log stands now is not told either. */
function nothingChanges(
  of: string,
  since: WatchArgs['since'],
  granted: GrantedGraph,
): (signal: AbortSignal) => AsyncGenerator<never> {
  if (since != null)
    throw new PedigreeError(
      'BAD_INPUT',
      required('under a grant "since" must be left out', since.toNumber()),
    );
  if (!granted.has(of)) throw notFound(of);
  return async function* silence(signal) {
    yield* await new Promise<never[]>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve([]);
      });
    });
  };
}

/** Hands out changes until the reader leaves or the token ends. */
function stoppingWith<T>(
  { expiresAt }: Principal,
  start: (signal: AbortSignal) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const stop = new AbortController();
  const expiry = setTimeout(
    () => {
      stop.abort();
    },
    Math.min(expiresAt - Date.now(), MAX_DELAY_MS),
  ).unref();
  const changes = start(stop.signal);
  return stoppable(changes, () => {
    clearTimeout(expiry);
    stop.abort();
  });
}

/** Longest delay that a timer takes, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** A generator that is waiting does not hear `return`: what it waits for has to end first. */
function stoppable<T>(changes: AsyncGenerator<T>, stop: () => void): AsyncGenerator<T> {
  const leave = changes.return.bind(changes);
  return Object.assign(changes, {
    return: (value?: unknown) => {
      stop();
      return leave(value);
    },
  });
}
