/** A question of a page, and its answer when there is one. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';

import type { TypedDocumentString } from '../graphql/operations.gen.js';
import { ask } from './ask.js';

export interface AskOptions {
  /** False while there is nothing to ask about yet. */
  readonly when?: boolean;
  /** Shows the answer before while the next one is on its way. */
  readonly keep?: boolean;
}

export function useAnswer<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { when = true, keep = false }: AskOptions = {},
): UseQueryResult<Result> {
  return useQuery<Result>({
    queryKey: ['ask', document.toString(), variables],
    queryFn: ({ signal }) => ask(document, variables, signal),
    enabled: when,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  } as Parameters<typeof useQuery<Result>>[0]);
}
