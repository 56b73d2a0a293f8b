/** A page for readers of the whole log, typed by hand by the holder of a grant: the same for every grant, and it asks nothing. */
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { Page } from '../parts/page.js';

export function NotOfGrantsPage({ title }: { readonly title: string }): ReactNode {
  return (
    <Page title={title}>
      <div className="state">
        <Lock aria-hidden="true" />
        <p className="state-title">This page is not part of a grant</p>
        <p>
          It reads the whole log, and a grant opens what its artifacts come from. That is so for every grant:
          it says nothing about what there is. What yours opens you find by the ids that you were told.
        </p>
        <p className="buttons">
          <Link href="/" className="button quiet">
            Begin with an id
          </Link>
          <Link href="/explore" className="button quiet">
            Lineage
          </Link>
          <Link href="/compare" className="button quiet">
            Compare
          </Link>
        </p>
      </div>
    </Page>
  );
}
