/** What the odd decisions depend on more often than the others, the likeliest first, each with its evidence. */
import { GitCompareArrows } from 'lucide-react';
import type { ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { RankCausesDocument, type RankCausesQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Fact } from '../../parts/fact.js';
import { countOf, showCount, showNumber, showShare } from '../../parts/number.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import type { Parted } from './odd.js';

type Candidate = RankCausesQuery['rootCause']['candidates'][number];

export function Ranked({ suspects, controls }: Parted): ReactNode {
  const ready = suspects.length > 0 && controls.length > 0;
  const { data, error, isFetching, refetch } = useAnswer(
    RankCausesDocument,
    { suspects, controls },
    { when: ready, keep: true },
  );
  if (suspects.length === 0) return <Empty title="No decision is marked as odd yet" />;
  if (controls.length === 0)
    return <Empty title="All decisions are marked: there are none to compare with" />;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (!data) return <Loading what="the causes" />;
  return <Causes cause={data.rootCause} busy={isFetching} />;
}

function Causes({
  cause,
  busy,
}: {
  readonly cause: RankCausesQuery['rootCause'];
  readonly busy: boolean;
}): ReactNode {
  return (
    <section aria-labelledby="causes" aria-busy={busy} className="stack">
      <h2 id="causes">{countOf(cause.total, ['likely cause', 'likely causes'])}</h2>
      <p className="fine">
        {showCount(cause.suspects)} odd decisions against {showCount(cause.controls)} others;{' '}
        {showCount(cause.followedByRow)} were followed row by row.{' '}
        {cause.precision === 'EXACT'
          ? ''
          : 'Where rows could not be followed, parts of one data set cannot be told apart. '}
        An association is not yet a proof of cause.
      </p>
      {cause.candidates.length === 0 ? (
        <Empty title="The odd decisions depend on nothing more often than the others" />
      ) : null}
      <ol className="causes">
        {cause.candidates.map((candidate, i) => (
          <Cause key={candidate.artifact.id} candidate={candidate} rank={i + 1} cause={cause} />
        ))}
      </ol>
      {cause.truncated ? (
        <p className="fine">The likeliest {showCount(cause.candidates.length)} are shown.</p>
      ) : null}
    </section>
  );
}

interface CauseProps {
  readonly candidate: Candidate;
  readonly rank: number;
  readonly cause: RankCausesQuery['rootCause'];
}

function Cause({ candidate, rank, cause }: CauseProps): ReactNode {
  const { artifact, suspects, controls, adjustedPValue, alike, findings } = candidate;
  return (
    <li className="card cause">
      <p className="cause-rank">{showCount(rank)}</p>
      <div>
        <p className="cause-name">
          <ArtifactLink id={artifact.id} />
        </p>
        <Shares odd={suspects / cause.suspects} others={controls / cause.controls} />
        <p className="fine">
          p = {adjustedPValue < 1e-6 ? adjustedPValue.toExponential(1) : showNumber(adjustedPValue)},
          corrected for {countOf(cause.tested, ['test', 'tests'])}.
          {alike === 0
            ? ''
            : ` ${countOf(alike, ['other artifact is', 'other artifacts are'])} shared by exactly the same decisions.`}
        </p>
        <CodeDifference difference={candidate.codeDifference} />
        <ol className="told-list">
          {findings.map((fact) => (
            <Fact key={fact.id} fact={fact} />
          ))}
        </ol>
      </div>
    </li>
  );
}

function Shares({ odd, others }: { readonly odd: number; readonly others: number }): ReactNode {
  return (
    <dl className="shares">
      {(
        [
          ['odd', odd, 'share-odd'],
          ['others', others, 'share-others'],
        ] as const
      ).map(([name, share, style]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="8" className="share-rail" />
              <rect width={share * 100} height="8" className={style} />
            </svg>
            {showShare(share)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CodeDifference({ difference }: { readonly difference: Candidate['codeDifference'] }): ReactNode {
  if (difference === null) return null;
  return (
    <p className="code-difference">
      <GitCompareArrows aria-hidden="true" /> It ran <code>{difference.code}</code>; its siblings ran{' '}
      {difference.siblings.map(({ id, code }) => (
        <code key={id}>{code} </code>
      ))}
    </p>
  );
}
