/** What is odd about the lineage itself: runs that are late, silent or told by somebody else, and what is missing. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { WatchFindingsDocument, type WatchFindingsQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { countOf, showCount } from '../../parts/number.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { WATCH_WORDS } from '../../parts/watch-words.js';

type Watch = WatchFindingsQuery['watch'];

/** As the server has it where nothing is said. */
const DAY_HOURS = 24;

export function WatchTab(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const given = Number(search.get('hours') ?? DAY_HOURS);
  const hours = Number.isFinite(given) && given > 0 ? given : DAY_HOURS;
  const { data, error, isPending, refetch } = useAnswer(WatchFindingsDocument, { latestHours: hours });
  return (
    <section className="card" aria-label="Lineage watch">
      <label className="form-field">
        <span>A run is late if it was recorded more than so many hours after it happened</span>
        <input
          type="number"
          min={0.1}
          step="any"
          defaultValue={hours}
          onBlur={({ target }) => setSearch({ tab: 'watch', hours: target.value })}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') setSearch({ tab: 'watch', hours: currentTarget.value });
          }}
        />
      </label>
      {isPending ? <Loading what="the findings" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data ? <Found watch={data.watch} /> : null}
    </section>
  );
}

function Found({ watch: { looked, totals, findings } }: { readonly watch: Watch }): ReactNode {
  return (
    <>
      <p className="fine">
        The newest {countOf(looked, ['run', 'runs'])} were looked at, and everything that somebody names and
        nobody declared.
      </p>
      {totals.length === 0 ? <Empty title="Nothing is odd about the lineage" /> : null}
      {totals.map(({ kind, total }) => {
        const shown = findings.filter((finding) => finding.kind === kind);
        const [title, meaning] = WATCH_WORDS[kind];
        return (
          <div key={kind}>
            <h2>
              {title} <span className="chip warn">{showCount(total)}</span>
            </h2>
            <p className="fine">{meaning}</p>
            <Table label={title} heads={['What', 'When', 'Why it is odd']}>
              {shown.map(({ artifact, at, message }) => (
                <tr key={`${artifact.id} ${message}`}>
                  <th scope="row">
                    <ArtifactLink id={artifact.id} namespace />
                  </th>
                  <td>
                    <Time value={at} />
                  </td>
                  <td>{message}</td>
                </tr>
              ))}
            </Table>
            {shown.length < total ? (
              <p className="fine">The newest {showCount(shown.length)} are shown.</p>
            ) : null}
          </div>
        );
      })}
    </>
  );
}
