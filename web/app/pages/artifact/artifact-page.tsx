/** Any artifact: what was declared, what it was made from, and what was attested about it since. */
import { GitCompareArrows, Share2, Target } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { membersOf } from '../../api/json.js';
import { ArtifactPageDocument, type ArtifactPageQuery } from '../../graphql/operations.gen.js';
import { parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { asOfFrom } from '../../parts/as-of.js';
import { Fact } from '../../parts/fact.js';
import { Members, wordsOf } from '../../parts/json-value.js';
import { KindMark } from '../../parts/kind-mark.js';
import { Page } from '../../parts/page.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';
import { address } from '../../shell/addresses.js';

type Shown = NonNullable<ArtifactPageQuery['artifact']>;

export function ArtifactPage(): ReactNode {
  const [search] = useSearchParams();
  const id = search.get('id') ?? '';
  const variables = { id, asOf: asOfFrom(search.get('at')) };
  const { data, error, isPending, refetch } = useAnswer(ArtifactPageDocument, variables, { when: id !== '' });
  const { kind, namespace, name, version } = parseId(id);
  return (
    <Page
      title={`${name}@${version}`}
      kicker={
        <>
          <KindMark kind={kind} word /> {namespace}
        </>
      }
      heading={
        <>
          {name}
          <span className="version">@{version}</span>
        </>
      }
    >
      {id === '' ? <Empty title="An address of an artifact names its id" /> : null}
      {id !== '' && isPending ? <Loading what="the artifact" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data?.artifact === null ? <Empty title="There is no such artifact that you may see" /> : null}
      {data?.artifact ? <Body artifact={data.artifact} /> : null}
    </Page>
  );
}

function Body({ artifact }: { readonly artifact: Shown }): ReactNode {
  const { id, kind } = artifact;
  return (
    <div className="columns">
      <div className="stack">
        <nav className="buttons" aria-label="Look further">
          <Link className="button" href={address('/explore', { of: id, direction: 'UPSTREAM' })}>
            <Share2 aria-hidden="true" /> Explore its lineage
          </Link>
          {kind === 'Prediction' ? null : (
            <Link className="button quiet" href={address('/explore', { of: id, direction: 'DOWNSTREAM' })}>
              <Target aria-hidden="true" /> What it affects
            </Link>
          )}
          <Link className="button quiet" href={address('/compare', { a: id })}>
            <GitCompareArrows aria-hidden="true" /> Compare it
          </Link>
        </nav>
        <section className="card" aria-labelledby="declared">
          <h2 id="declared">What was declared</h2>
          {artifact.declared ? (
            <Members members={membersOf(artifact.fields)} />
          ) : (
            <p className="chip warn">Others name it, but nobody has declared it.</p>
          )}
        </section>
        <Causes artifact={artifact} />
        <Attested artifact={artifact} />
      </div>
      <Recorded artifact={artifact} />
    </div>
  );
}

function Causes({ artifact: { causes } }: { readonly artifact: Shown }): ReactNode {
  return (
    <section className="card" aria-labelledby="causes">
      <h2 id="causes">What it comes from</h2>
      {causes.items.length === 0 ? <p className="absent">Nothing: it is a source.</p> : null}
      <ul className="edges">
        {causes.items.map(({ type, to }) => (
          <li key={`${type} ${to}`}>
            <span className="chip">{wordsOf(type).replaceAll('_', ' ').toLowerCase()}</span>{' '}
            <ArtifactLink id={to} />
          </li>
        ))}
      </ul>
      {causes.truncated ? (
        <p className="fine">
          {String(causes.items.length)} of {causes.totalIsExact ? '' : 'at least '}
          {String(causes.total)} are shown; the lineage has all.
        </p>
      ) : null}
    </section>
  );
}

function Attested({ artifact: { attestations } }: { readonly artifact: Shown }): ReactNode {
  return (
    <section className="card" aria-labelledby="attested">
      <h2 id="attested">What was attested about it</h2>
      {attestations.items.length === 0 ? <p className="absent">Nothing yet.</p> : null}
      <ol className="told-list">
        {attestations.items.map((fact) => (
          <Fact key={fact.id} fact={fact} />
        ))}
      </ol>
      {attestations.truncated ? (
        <p className="fine">
          The first {String(attestations.items.length)} of {String(attestations.total)} are shown.
        </p>
      ) : null}
    </section>
  );
}

function Recorded({ artifact }: { readonly artifact: Shown }): ReactNode {
  return (
    <aside className="card" aria-label="Record">
      <dl className="facts stacked">
        <dt>Happened</dt>
        <dd>
          <Time value={artifact.occurredAt} />
        </dd>
        <dt>Recorded</dt>
        <dd>
          <Time value={artifact.recordedAt} />
        </dd>
        <dt>Declared by</dt>
        <dd>{artifact.declaredBy ?? <span className="absent">nobody yet</span>}</dd>
        <dt>Id</dt>
        <dd>
          <code>{artifact.id}</code>
        </dd>
        <dt>Digest of its entry</dt>
        <dd>
          {artifact.digest === null ? <span className="absent">none</span> : <code>{artifact.digest}</code>}
        </dd>
      </dl>
    </aside>
  );
}
