/** The first page. */
import type { ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { RecentDocument } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Page } from '../../parts/page.js';
import { Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';

export function HomePage(): ReactNode {
  const { data, error, isPending, refetch } = useAnswer(RecentDocument, {});
  return (
    <Page title="Home" heading="Why did this model say that, and where did it come from?">
      {isPending ? <Loading what="what happened lately" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data ? (
        <section className="card" aria-labelledby="lately">
          <h2 id="lately">Decided lately</h2>
          <ul className="recent">
            {data.predictions.map(({ id, outcome, occurredAt }) => (
              <li key={id}>
                <ArtifactLink id={id} namespace /> <span>{outcome}</span> <Time value={occurredAt} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  );
}
