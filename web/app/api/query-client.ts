/**
 * What is asked is kept by TanStack Query. Two failures concern the whole page and not one question: the session ended,
 * and the server does not answer.
 */
import { QueryCache, QueryClient } from '@tanstack/react-query';

import { AskError, SERVER_GONE } from './ask.js';
import { sessionQuery } from './session.js';
import { Store } from './store.js';

/** Why the sign-in is shown again; undefined if nobody was signed in before. */
export const sessionEnd = new Store<'ended' | 'signed-out' | undefined>(undefined);

/** False from the first question without an answer until the server answers again. */
export const serverAnswers = new Store(true);

const LOOK_EVERY_MS = 1_500;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: concernsAll }),
  defaultOptions: {
    queries: {
      retry: false,
      // The browser's idea of being online says nothing about a server of one's own.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
    mutations: { networkMode: 'always', onError: concernsAll },
  },
});

function concernsAll(error: unknown): void {
  if (!(error instanceof AskError)) return;
  if (error.code === 'UNAUTHENTICATED' || error.code === 'GRANT_ENDED') endSession('ended');
  if (error.code === SERVER_GONE && serverAnswers.get()) {
    serverAnswers.set(false);
    void lookUntilBack();
  }
}

/** Forgets everything that was read: the next reader may not have been allowed to see it. */
export function endSession(why: 'ended' | 'signed-out'): void {
  sessionEnd.set(why);
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  queryClient.setQueryData(sessionQuery.queryKey, null);
}

/** Asks for the server's health until it answers, and then asks again what had no answer. */
async function lookUntilBack(): Promise<void> {
  while (!serverAnswers.get()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const response = await fetch('/health').catch(() => undefined);
    if (!response?.ok) continue;
    serverAnswers.set(true);
    await queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }
}
