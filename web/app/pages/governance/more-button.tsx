/** Leads to the next page of a list: the page is in the address, like everything. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

interface MoreButtonProps {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export function MoreButton({ hasNextPage, endCursor }: MoreButtonProps): ReactNode {
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
          The newest
        </button>
      )}
      {hasNextPage ? (
        <button type="button" className="button quiet" onClick={() => go(endCursor)}>
          Older ones
        </button>
      ) : null}
    </div>
  );
}
