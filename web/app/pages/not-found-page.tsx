import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { Page } from '../parts/page.js';
import { Empty } from '../parts/states.js';

export function NotFoundPage(): ReactNode {
  return (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        <p>
          <Link href="/">Go to the first page</Link>
        </p>
      </Empty>
    </Page>
  );
}
