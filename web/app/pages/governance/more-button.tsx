/** Leads to the next page of a list: the page is in the address, like everything. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

interface MoreButtonProps {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  /** What leads back to the first page, and on to the next one. */
  readonly words?: readonly [string, string];
}

const BY_TIME = ['The newest', 'Older ones'] as const;

export function MoreButton({ hasNextPage, endCursor, words = BY_TIME }: MoreButtonProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const go = (after: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (after === null) next.delete('after');
      else next.set('after', after);
      return next;
    });
  return (
    <div className="buttons">
      {search.get('after') === null ? null : (
        <button type="button" className="button quiet" onClick={() => go(null)}>
          {words[0]}
        </button>
      )}
      {hasNextPage ? (
        <button type="button" className="button quiet" onClick={() => go(endCursor)}>
          {words[1]}
        </button>
      ) : null}
    </div>
  );
}
