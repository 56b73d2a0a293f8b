/** Who is signed in. The token itself is in a cookie that no script can read: see `/session` in docs/web.md. */
import { queryOptions, useQuery } from '@tanstack/react-query';

import { reach, readOk } from './ask.js';

export interface Session {
  readonly name: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** When the token ends, ISO 8601. */
  readonly expiresAt: string;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    const response = await readOk(await reach('/session'));
    return (await response.json()) as Session | null;
  },
  staleTime: Infinity,
});

/** An identity provider that the server offers a sign-in at. */
export interface OfferedProvider {
  readonly name: string;
  /** Its address, as its tokens say it. */
  readonly issuer: string;
}

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async (): Promise<readonly OfferedProvider[]> => {
    const response = await readOk(await reach('/sign-in/ways'));
    return (await response.json()) as readonly OfferedProvider[];
  },
  staleTime: Infinity,
});

/** The session, where there is one: below the sign-in there always is. */
function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data) return data;
  throw new Error('useSession is for what stands behind the sign-in');
}

/** Whether the reader may ask for something: what one may not read is not asked for. */
export function useMay(scope: string): boolean {
  return useSession().scopes.includes(scope);
}

/** Hands the token over. Error: `AskError`, with the server's words for a token that it does not accept. */
export async function signIn(token: string): Promise<Session> {
  const response = await reach('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: token.trim().replace(/^Bearer\s+/i, '') }),
  });
  return (await (await readOk(response)).json()) as Session;
}

export async function signOut(): Promise<void> {
  await readOk(await reach('/session', { method: 'DELETE' }));
}
