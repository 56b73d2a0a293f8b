/** Governance: checks and drift, what is odd, who read what, retention, erasures, and the logs. What one may not see has no tab. */
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';

import '../../styles/impact.css';
import { useMay } from '../../api/session.js';
import { Page } from '../../parts/page.js';
import { address } from '../../shell/addresses.js';
import { AccessTab } from './access-tab.js';
import { ChecksTab } from './checks-tab.js';
import { ErasureTab } from './erasure-tab.js';
import { GrantsTab } from './grants-tab.js';
import { LogTab } from './log-tab.js';
import { RetentionTab } from './retention-tab.js';
import { WatchTab } from './watch-tab.js';

const TABS = {
  checks: ['Checks and drift', ChecksTab],
  watch: ['Lineage watch', WatchTab],
  grants: ['Grants', GrantsTab],
  access: ['Who read what', AccessTab],
  retention: ['Retention', RetentionTab],
  erasure: ['Erasure', ErasureTab],
  log: ['The logs', LogTab],
} as const;

type TabName = keyof typeof TABS;

export function GovernancePage(): ReactNode {
  const [search] = useSearchParams();
  const mayErase = useMay('ERASE_SUBJECTS');
  const may = {
    checks: true,
    watch: true,
    grants: useMay('GRANT_ACCESS'),
    access: useMay('READ_ACCESS_LOG'),
    retention: mayErase,
    erasure: mayErase,
    log: true,
  };
  const names = (Object.keys(TABS) as TabName[]).filter((name) => may[name]);
  const current = names.find((name) => name === search.get('tab')) ?? 'checks';
  const Tab = TABS[current][1];
  return (
    <Page title={`Governance: ${TABS[current][0].toLowerCase()}`} heading="Governance">
      <nav className="tabs" aria-label="Parts of governance">
        {names.map((name) => (
          <Link
            key={name}
            href={address('/governance', { tab: name })}
            aria-current={name === current ? 'page' : undefined}
          >
            {TABS[name][0]}
          </Link>
        ))}
      </nav>
      <Tab />
    </Page>
  );
}
