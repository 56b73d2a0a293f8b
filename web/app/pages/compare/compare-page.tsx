/** Two artifacts of one kind side by side: what differs in themselves and in what they come from. */
import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import '../../styles/impact.css';
import { useAnswer } from '../../api/use-answer.js';
import { CompareDocument, type CompareQuery } from '../../graphql/operations.gen.js';
import { KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { asOfFrom } from '../../parts/as-of.js';
import { KindMark } from '../../parts/kind-mark.js';
import { showCount } from '../../parts/number.js';
import { Page } from '../../parts/page.js';
import { Failure, Loading } from '../../parts/states.js';
import { FindBox } from '../../shell/find-box.js';
import { DiffDrawing } from './diff-drawing.js';
import { FieldDifferences } from './field-differences.js';

type Diff = CompareQuery['diff'];

export function ComparePage(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const [a, b] = [search.get('a') ?? '', search.get('b') ?? ''];
  const ready = a !== '' && b !== '';
  const variables = { a, b, asOf: asOfFrom(search.get('at')) };
  const { data, error, isPending, refetch } = useAnswer(CompareDocument, variables, { when: ready });
  const choose = (side: 'a' | 'b', id: string): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set(side, id);
      return next;
    });
  return (
    <Page title={ready ? `${parseId(a).name} and ${parseId(b).name} compared` : 'Compare'} kicker="Compare">
      <div className="sides">
        <Side side="a" id={a} choose={choose} />
        <ArrowLeftRight aria-hidden="true" />
        <Side side="b" id={b} choose={choose} />
      </div>
      {ready && isPending ? <Loading what="the comparison" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data ? <Differences a={a} b={b} diff={data.diff} /> : null}
    </Page>
  );
}

interface SideProps {
  readonly side: 'a' | 'b';
  readonly id: string;
  readonly choose: (side: 'a' | 'b', id: string) => void;
}

function Side({ side, id, choose }: SideProps): ReactNode {
  return (
    <div className={`card side side-${side}`}>
      <p className="side-letter">{side.toUpperCase()}</p>
      {id === '' ? (
        <p className="absent">Choose a model, a decision or any other artifact.</p>
      ) : (
        <ArtifactLink id={id} namespace />
      )}
      <FindBox label={`Choose ${side.toUpperCase()}`} choose={(found) => choose(side, found)} />
    </div>
  );
}

interface DifferencesProps {
  readonly a: string;
  readonly b: string;
  readonly diff: Diff;
}

function Differences({ a, b, diff }: DifferencesProps): ReactNode {
  const same = diff.fields.length + diff.onlyA.total + diff.onlyB.total + diff.changed.total === 0;
  return (
    <div className="stack">
      {diff.truncated ? (
        <p className="notice">An ancestry is too large to compare all of it: only its nearest parts are.</p>
      ) : null}
      {same ? <p className="card">Nothing differs: both come from the same, and say the same.</p> : null}
      <KindTable diff={diff} />
      <DiffDrawing a={a} b={b} diff={diff} />
      <section className="card" aria-labelledby="own">
        <h2 id="own">What differs in themselves</h2>
        <FieldDifferences fields={diff.fields} />
      </section>
      <section className="card" aria-labelledby="changed">
        <h2 id="changed">{showCount(diff.changed.total)} in another version</h2>
        {diff.changed.items.map((pair) => (
          <div key={`${pair.a.id} ${pair.b.id}`} className="changed">
            <p>
              <ArtifactLink id={pair.a.id} /> <ArrowLeftRight aria-label="against" />{' '}
              <ArtifactLink id={pair.b.id} />
            </p>
            <FieldDifferences fields={pair.fields} />
          </div>
        ))}
        {diff.changed.truncated ? <p className="fine">The nearest 100 are shown.</p> : null}
      </section>
      <div className="home-columns">
        <OnlyIn side="a" list={diff.onlyA} />
        <OnlyIn side="b" list={diff.onlyB} />
      </div>
    </div>
  );
}

function KindTable({ diff: { byKind } }: { readonly diff: Diff }): ReactNode {
  return (
    <section className="card" aria-labelledby="by-kind">
      <h2 id="by-kind">What they come from</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {['the same', 'in another version', 'only in A', 'only in B'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byKind.map(({ kind, shared, changed, onlyA, onlyB }) => (
            <tr key={kind}>
              <th scope="row">
                <KindMark kind={kind} /> {KIND_WORDS[kind][1]}
              </th>
              {[shared, changed, onlyA, onlyB].map((count, i) => (
                <td key={i} className={count === 0 || i === 0 ? 'number' : 'number differs'}>
                  {showCount(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OnlyIn({ side, list }: { readonly side: 'a' | 'b'; readonly list: Diff['onlyA'] }): ReactNode {
  return (
    <section className={`card only-${side}`} aria-label={`Only in ${side.toUpperCase()}`}>
      <h2>
        <span className="side-letter">{side.toUpperCase()}</span> alone comes from {showCount(list.total)}
      </h2>
      <ul className="recent">
        {list.items.map(({ id }) => (
          <li key={id}>
            <ArtifactLink id={id} />
          </li>
        ))}
      </ul>
      {list.truncated ? <p className="fine">The nearest {showCount(list.items.length)} are shown.</p> : null}
    </section>
  );
}
