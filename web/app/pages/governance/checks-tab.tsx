/** Contract checks, drift and incidents over time. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { membersOf, textOf } from '../../api/json.js';
import { FindingsDocument, type FactFragment } from '../../graphql/operations.gen.js';
import { Fact, tell } from '../../parts/fact.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { FactsOverTime } from './facts-over-time.js';
import { MoreButton } from './more-button.js';

const TYPES = [
  'CONTRACT_CHECK',
  'DATA_PROFILE',
  'DRIFT',
  'INCIDENT',
  'APPROVED',
  'DEPLOYED',
  'RETIRED',
  'RESTRICTED',
  'ERASED',
  'LEGAL_HOLD',
];

export function ChecksTab(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const type = TYPES.find((name) => name === search.get('type'));
  const variables = {
    types: type === undefined ? null : [type],
    findingsOnly: search.get('all') === null && type === undefined,
    after: search.get('after'),
  };
  const { data, error, isPending, refetch } = useAnswer(FindingsDocument, variables);
  const choose = (value: string): void =>
    setSearch({ tab: 'checks', ...(value === 'all' ? { all: '1' } : value === '' ? {} : { type: value }) });
  return (
    <section className="card" aria-label="Checks and drift">
      <label className="form-field">
        <span>Show</span>
        <select
          value={type ?? (search.get('all') === null ? '' : 'all')}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">what speaks against something</option>
          <option value="all">everything that was attested</option>
          {TYPES.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ').toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      {isPending ? <Loading what="the checks" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data ? <List items={data.attestations.items} /> : null}
      {data ? <MoreButton {...data.attestations} /> : null}
    </section>
  );
}

function List({ items }: { readonly items: readonly FactFragment[] }): ReactNode {
  if (items.length === 0) return <Empty title="Nothing of this was attested" />;
  return (
    <>
      <FactsOverTime facts={items} />
      <DriftChart items={items} />
      <ol className="told-list">
        {items.map((fact) => (
          <Fact key={fact.id} fact={fact} />
        ))}
      </ol>
    </>
  );
}

/** Each measurement of drift on a line of its own, its distance beside its limit. */
function DriftChart({ items }: { readonly items: readonly FactFragment[] }): ReactNode {
  const measured = items
    .filter(({ type }) => type === 'DRIFT')
    .map((fact) => ({ fact, fields: membersOf(fact.fields) }));
  const numbers = measured.flatMap(({ fields: { value, threshold } }) => [Number(value), Number(threshold)]);
  const most = Math.max(...numbers.filter(Number.isFinite), 0);
  if (measured.length < 2 || most === 0) return null;
  return (
    <figure className="drift">
      <figcaption className="fine">
        Distance of each feature from its baseline; the mark is the limit.
      </figcaption>
      <dl>
        {measured.map(({ fact, fields }) => (
          <div key={fact.id}>
            <dt>{textOf(fields.feature) ?? 'a feature'}</dt>
            <dd>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="8" className="share-rail" />
                <rect
                  width={(Number(fields.value) / most) * 100}
                  height="8"
                  className={fields.drifted === true ? 'share-odd' : 'share-others'}
                />
                <rect
                  x={(Number(fields.threshold) / most) * 100}
                  width="0.6"
                  height="8"
                  className="score-mark"
                />
              </svg>
              <span>{tell(fact).text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
