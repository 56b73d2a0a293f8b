/** The first page: find something, see what happened lately, and how sound the lineage is. */
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

import { useMay } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import { membersOf, numberOf, textOf } from '../../api/json.js';
import { DashboardDocument, type DashboardQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Fact } from '../../parts/fact.js';
import { showNumber } from '../../parts/number.js';
import { Page } from '../../parts/page.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';
import { artifactAddress } from '../../shell/addresses.js';
import { FindBox } from '../../shell/find-box.js';
import { Health } from './health.js';
import { SavedViews } from './saved-views.js';

type Shown = DashboardQuery['dashboard'];

export function HomePage(): ReactNode {
  const [, go] = useLocation();
  const isReader = useMay('READ_LINEAGE');
  return (
    <Page title="Home" heading="Why did this model say that, and where did it come from?">
      <div className="home-find">
        <FindBox label="Find anything" choose={(id) => go(artifactAddress(id))} />
      </div>
      {isReader ? <Latest /> : <UnderGrant />}
    </Page>
  );
}

function Latest(): ReactNode {
  const { data, error, isPending, refetch } = useAnswer(DashboardDocument, {});
  if (isPending) return <Loading what="what happened lately" />;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  return <Glance shown={data.dashboard} />;
}

/** What happens elsewhere is nothing for the holder of a grant: one begins with an id that one was told. */
function UnderGrant(): ReactNode {
  return (
    <Empty title="You read under a grant">
      <p>
        Enter the id of an artifact that you were told. Its page, its lineage and its evidence show what the
        grant opens, as of the point that it fixes. What lies outside is not shown. Each read is recorded with
        its purpose.
      </p>
      <SavedViews />
    </Empty>
  );
}

function Glance({ shown }: { readonly shown: Shown }): ReactNode {
  if (shown.log.treeSize === '0') {
    return (
      <Empty title="Nothing has been declared yet">
        <p>
          <code>npm run demo</code> tells a story with real data; docs/sdk.md says how to tell your own.
        </p>
      </Empty>
    );
  }
  return (
    <div className="home">
      <Health shown={shown} />
      <div className="home-columns">
        <Decisions shown={shown} />
        <section className="card" aria-labelledby="findings">
          <h2 id="findings">Failed checks, drift and incidents</h2>
          {shown.findings.length === 0 ? <p className="absent">None.</p> : null}
          <ol className="told-list">
            {shown.findings.map((fact) => (
              <Fact key={fact.id} fact={fact} />
            ))}
          </ol>
        </section>
        <Newest shown={shown} />
        <SavedViews />
      </div>
    </div>
  );
}

function Decisions({ shown }: { readonly shown: Shown }): ReactNode {
  return (
    <section className="card" aria-labelledby="decided">
      <h2 id="decided">Decided lately</h2>
      {shown.newestDecisions.length === 0 ? <p className="absent">No decision yet.</p> : null}
      <ul className="recent">
        {shown.newestDecisions.map(({ id, occurredAt, fields }) => (
          <li key={id}>
            <ArtifactLink id={id} />
            <strong>{textOf(membersOf(fields).outcome)}</strong>
            <span className="fine">{score(numberOf(membersOf(fields).score))}</span>
            <span className="fine">
              <Time value={occurredAt} day />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function score(value: number | undefined): string | null {
  return value === undefined ? null : showNumber(value);
}

function Newest({ shown }: { readonly shown: Shown }): ReactNode {
  return (
    <section className="card" aria-labelledby="newest">
      <h2 id="newest">Declared lately</h2>
      <ul className="recent">
        {shown.newest.map(({ id, recordedAt }) => (
          <li key={id}>
            <ArtifactLink id={id} namespace />
            <span className="fine">
              <Time value={recordedAt} day />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
