/**
 * An answer that is nothing but "come back later" says so in HTTP, too: 429 or 503 with `Retry-After`, which clients,
 * proxies and the SDK understand without reading GraphQL errors.
 */
import type { ApolloServerPlugin } from '@apollo/server';

const STATUS: Readonly<Record<string, number>> = {
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  DISK_FULL: 503,
  READ_ONLY: 503,
};

export function refusalStatus(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response: { body, http } }) => {
          if (body.kind !== 'single' || body.singleResult.data) return Promise.resolve();
          for (const { extensions = {} } of body.singleResult.errors ?? []) {
            const status = STATUS[String(extensions.code)];
            if (status === undefined) continue;
            http.status = status;
            http.headers.set('retry-after', String(Number(extensions.retryAfterSeconds ?? 1)));
          }
          return Promise.resolve();
        },
      }),
  };
}
