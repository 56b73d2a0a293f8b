/** Root cause: decisions that look odd are chosen on a chart, and what separates them from the others is ranked. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import '../../styles/impact.css';
import { useAnswer } from '../../api/use-answer.js';
import { ImpactedDecisionsDocument } from '../../graphql/operations.gen.js';
import { parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Choose } from '../../parts/choose.js';
import { showCount } from '../../parts/number.js';
import { Page } from '../../parts/page.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { DecisionChart } from './decision-chart.js';
import { OddFilter } from './odd-filter.js';
import { OddRanges } from './odd-ranges.js';
import { changeOdd, partOdd, readOdd, toPoint, type Point } from './odd.js';
import { Ranked } from './ranked.js';

/** As many as the question takes; the newest. */
const MOST = 1_000;

export function RootCausePage(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const of = search.get('of') ?? '';
  if (of === '') {
    return (
      <Page title="Root cause">
        <Choose title="Among whose decisions?" choose={(id) => setSearch({ of: id })}>
          Find the model, or a data set: its decisions are shown, and the odd ones can be marked.
        </Choose>
      </Page>
    );
  }
  return (
    <Page
      title={`Root cause among the decisions of ${parseId(of).name}`}
      kicker={<ArtifactLink id={of} namespace />}
      heading="What separates the odd decisions from the others?"
    >
      <Decisions of={of} />
    </Page>
  );
}

function Decisions({ of }: { readonly of: string }): ReactNode {
  const { data, error, isPending, refetch } = useAnswer(ImpactedDecisionsDocument, {
    of,
    asOf: null,
    first: MOST,
  });
  if (isPending) return <Loading what="the decisions" />;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  const { items, hasNextPage } = data.impactedDecisions;
  if (items.length === 0) return <Empty title="It has no decisions" />;
  return <Marked points={items.map(toPoint)} more={hasNextPage} />;
}

function Marked({ points, more }: { readonly points: readonly Point[]; readonly more: boolean }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const odd = readOdd(search);
  const { suspects, controls } = partOdd(points, odd);
  const change = (changes: Readonly<Record<string, string>>): void =>
    setSearch((before) => changeOdd(before, changes), { replace: true });
  return (
    <div className="stack">
      <section className="card" aria-labelledby="chart">
        <div className="card-top">
          <h2 id="chart">Mark the odd ones</h2>
          <p className="fine">
            {more ? 'The newest ' : ''}
            {showCount(points.length)} decisions. Draw a box on the chart, move the sliders, or fill in the
            fields.
          </p>
        </div>
        <DecisionChart points={points} odd={odd} change={change} />
        <OddRanges points={points} odd={odd} change={change} />
        <OddFilter points={points} odd={odd} change={change} />
      </section>
      <Ranked suspects={suspects} controls={controls} />
    </div>
  );
}
