/** What an artifact affects: by kind, models and their deployments, decisions over time, and the decisions themselves. */
import { Microscope, Share2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';

import '../../styles/impact.css';
import { useAnswer } from '../../api/use-answer.js';
import { ImpactOfDocument, type ImpactOfQuery } from '../../graphql/operations.gen.js';
import { KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { asOfFrom } from '../../parts/as-of.js';
import { Choose } from '../../parts/choose.js';
import { KindMark } from '../../parts/kind-mark.js';
import { countOf, showCount } from '../../parts/number.js';
import { Page } from '../../parts/page.js';
import { Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';
import { address } from '../../shell/addresses.js';
import { AffectedDecisions } from './affected-decisions.js';
import { DecisionsOverTime } from './decisions-over-time.js';

type Impact = ImpactOfQuery['impact'];

export function ImpactPage(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const of = search.get('of') ?? '';
  const asOf = asOfFrom(search.get('at'));
  const variables = { of, asOf };
  const { data, error, isPending, refetch } = useAnswer(ImpactOfDocument, variables, { when: of !== '' });
  const { name, version } = parseId(of);
  if (of === '') {
    return (
      <Page title="Impact">
        <Choose title="Whose impact?" choose={(id) => setSearch({ of: id })}>
          Find the data set, run, feature or model that was wrong: this page says what it affects.
        </Choose>
      </Page>
    );
  }
  return (
    <Page title={`Impact of ${name}@${version}`} kicker="Impact" heading={<>What {name} affects</>}>
      <p className="page-lead">
        <ArtifactLink id={of} namespace />
        <Link className="button" href={address('/explore', { of, direction: 'DOWNSTREAM', depth: 'all' })}>
          <Share2 aria-hidden="true" /> See it as a graph
        </Link>
        <Link className="button quiet" href={address('/root-cause', { of })}>
          <Microscope aria-hidden="true" /> Search its decisions for a cause
        </Link>
      </p>
      {isPending ? <Loading what="the impact" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data ? <Body impact={data.impact} of={of} /> : null}
    </Page>
  );
}

function Body({ impact, of }: { readonly impact: Impact; readonly of: string }): ReactNode {
  return (
    <div className="stack">
      <Counts impact={impact} />
      <DecisionsOverTime of={of} asOf={impact.asOf} />
      <div className="home-columns">
        <Models impact={impact} />
        <Deployments impact={impact} />
      </div>
      <AffectedDecisions of={of} asOf={impact.asOf} total={impact.decisions.total} />
    </div>
  );
}

function Counts({ impact }: { readonly impact: Impact }): ReactNode {
  const { decisions, artifacts } = impact;
  const least = decisions.precision === 'EXACT' ? '' : 'at most ';
  return (
    <section className="card" aria-label="Counts">
      <ul className="kind-counts">
        <li>
          <KindMark kind="Prediction" />
          <strong>{showCount(decisions.total)}</strong>
          <span>
            {KIND_WORDS.Prediction[decisions.total === '1' ? 0 : 1]} {least}
          </span>
        </li>
        {artifacts.map(({ kind, count }) => (
          <li key={kind}>
            <KindMark kind={kind} />
            <strong>{showCount(count)}</strong>
            <span>{KIND_WORDS[kind][count === 1 ? 0 : 1]}</span>
          </li>
        ))}
      </ul>
      <p className="fine">
        As of {showCount(impact.asOf)} entries of the log.{' '}
        {decisions.precision === 'EXACT'
          ? 'The number of decisions is exact.'
          : 'None of the decisions is missing, but some of them may not be affected.'}{' '}
        {decisions.byMode.map(({ mode, count }) => `${showCount(count)} ${mode.toLowerCase()}`).join(', ')}
      </p>
    </section>
  );
}

function Models({ impact }: { readonly impact: Impact }): ReactNode {
  const counts = new Map(impact.decisions.byModel.items.map(({ model, count }) => [model, count]));
  const ids = [...new Set([...counts.keys(), ...impact.models.items.map(({ id }) => id)])];
  return (
    <section className="card" aria-labelledby="models">
      <h2 id="models">{countOf(ids.length, KIND_WORDS.Model)}</h2>
      <ul className="recent">
        {ids.map((id) => (
          <li key={id}>
            <ArtifactLink id={id} />
            <span className="fine">{countOf(counts.get(id) ?? '0', KIND_WORDS.Prediction)}</span>
          </li>
        ))}
      </ul>
      {impact.models.hasNextPage ? <p className="fine">There are more than the first 100.</p> : null}
    </section>
  );
}

function Deployments({ impact: { deployments } }: { readonly impact: Impact }): ReactNode {
  return (
    <section className="card" aria-labelledby="deployments">
      <h2 id="deployments">{countOf(deployments.total, ['deployment', 'deployments'])}</h2>
      {deployments.items.length === 0 ? <p className="absent">None that has not been retired.</p> : null}
      <ul className="recent">
        {deployments.items.map(({ model, endpoint, environment, deployedAt }) => (
          <li key={`${model} ${String(endpoint)} ${deployedAt}`}>
            <strong>{endpoint ?? 'an endpoint that is not stated'}</strong>{' '}
            <span className="fine">{environment}</span>
            <ArtifactLink id={model} />
            <span className="fine">
              since <Time value={deployedAt} day />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
