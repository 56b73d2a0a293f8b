/** The logs: their signed heads, and that they only grew, proved in the page. */
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { HeadsDocument, type HeadFragment } from '../../graphql/operations.gen.js';
import { CopyButton } from '../../parts/copy-button.js';
import { showCount } from '../../parts/number.js';
import { Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';
import { LogHistory } from './log-history.js';

export function LogTab(): ReactNode {
  const { data, error, isPending, refetch } = useAnswer(HeadsDocument, {});
  if (isPending) return <Loading what="the heads of the logs" />;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  return (
    <div className="stack">
      {data.log.problem === null ? null : (
        <p className="notice" role="alert">
          {data.log.problem}
        </p>
      )}
      <Head title="What was declared" head={data.lineage} />
      <LogHistory log="LINEAGE" head={data.lineage} />
      <Head title="Who read what" head={data.access} />
      <LogHistory log="ACCESS" head={data.access} />
    </div>
  );
}

function Head({ title, head }: { readonly title: string; readonly head: HeadFragment }): ReactNode {
  return (
    <section className="card" aria-label={title}>
      <div className="card-top">
        <h2>
          <ShieldCheck aria-hidden="true" /> {title}
        </h2>
        <CopyButton text={() => head.note}>Copy the signed note</CopyButton>
      </div>
      <dl className="facts">
        <dt>Entries</dt>
        <dd>{showCount(head.treeSize)}</dd>
        <dt>Signed</dt>
        <dd>
          <Time value={head.signedAt} />
        </dd>
        <dt>Name</dt>
        <dd>
          <code>{head.origin}</code>
        </dd>
        <dt>Root</dt>
        <dd>
          <code>{head.root}</code>
        </dd>
        <dt>Key</dt>
        <dd>
          <code>{head.verifierKey}</code>
        </dd>
      </dl>
      <p className="fine">
        Keep the note: <code>pedigree follow</code> proves later that the log only grew since.
      </p>
    </section>
  );
}
