/** The lineage explorer. */
import type { ReactNode } from 'react';

import { Page } from '../../parts/page.js';

export function ExplorePage(): ReactNode {
  return <Page title="Lineage">…</Page>;
}
