/** From the outside in: is the server there, is somebody signed in, which page. */
import { useQuery } from '@tanstack/react-query';
import { Component, lazy, Suspense, useEffect, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';

import { endSession } from '../api/query-client.js';
import { sessionQuery, useMay, type Session } from '../api/session.js';
import { ArtifactPage } from '../pages/artifact/artifact-page.js';
import { DecisionPage } from '../pages/decision/decision-page.js';
import { HomePage } from '../pages/home/home-page.js';
import { NotFoundPage } from '../pages/not-found-page.js';
import { NotOfGrantsPage } from '../pages/not-of-grants-page.js';
import { Failure, Loading } from '../parts/states.js';
import { ConnectionNotice } from './connection-notice.js';
import { Masthead } from './masthead.js';
import { SignIn } from './sign-in.js';

const ExplorePage = lazy(() =>
  import('../pages/explore/explore-page.js').then(({ ExplorePage: page }) => ({ default: page })),
);
const ImpactPage = lazy(() =>
  import('../pages/impact/impact-page.js').then(({ ImpactPage: page }) => ({ default: page })),
);
const ComparePage = lazy(() =>
  import('../pages/compare/compare-page.js').then(({ ComparePage: page }) => ({ default: page })),
);
const RootCausePage = lazy(() =>
  import('../pages/root-cause/root-cause-page.js').then(({ RootCausePage: page }) => ({ default: page })),
);
const GovernancePage = lazy(() =>
  import('../pages/governance/governance-page.js').then(({ GovernancePage: page }) => ({ default: page })),
);

export function App(): ReactNode {
  const { data: session, error, isPending } = useQuery(sessionQuery);
  return (
    <>
      <ConnectionNotice />
      {isPending ? <Loading what="Pedigree" /> : null}
      {error && session === undefined ? <Failure error={error} /> : null}
      {session === null ? <SignIn /> : null}
      {session ? <Inside session={session} /> : null}
    </>
  );
}

function Inside({ session }: { readonly session: Session }): ReactNode {
  useSessionEnd(session);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the page’s content
      </a>
      <Masthead session={session} />
      <main id="main" tabIndex={-1}>
        <LastResort>
          <Suspense fallback={<Loading what="the page" />}>
            <Pages />
          </Suspense>
        </LastResort>
      </main>
    </>
  );
}

function Pages(): ReactNode {
  const isReader = useMay('READ_LINEAGE');
  return (
    <Switch>
      <Route path="/" component={HomePage} />
      <Route path="/artifact" component={ArtifactPage} />
      <Route path="/decision" component={DecisionPage} />
      <Route path="/explore" component={ExplorePage} />
      <Route path="/impact" component={ImpactPage} />
      <Route path="/compare" component={ComparePage} />
      <Route path="/root-cause">
        {isReader ? <RootCausePage /> : <NotOfGrantsPage title="Root cause" />}
      </Route>
      <Route path="/governance">
        {isReader ? <GovernancePage /> : <NotOfGrantsPage title="Governance" />}
      </Route>
      <Route component={NotFoundPage} />
    </Switch>
  );
}

/** A token that has ended is not discovered by the next question only. Timers longer than 24 days are not kept by browsers. */
function useSessionEnd({ expiresAt }: Session): void {
  useEffect(() => {
    const left = Math.min(Date.parse(expiresAt) - Date.now(), 2 ** 31 - 1);
    const timer = setTimeout(() => endSession('ended'), Math.max(left, 0));
    return () => clearTimeout(timer);
  }, [expiresAt]);
}

/** A defect of a page leaves the rest usable. */
class LastResort extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error ? <Failure error={this.state.error} /> : this.props.children;
  }
}
