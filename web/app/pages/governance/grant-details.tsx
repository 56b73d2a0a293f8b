/** One grant: its terms, what was read under it, and its end. */
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ask } from '../../api/ask.js';
import { queryClient } from '../../api/query-client.js';
import { useMay } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import {
  GrantReadsDocument,
  GrantsDocument,
  RevokeGrantDocument,
  type GrantTermsFragment,
} from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import { Failure, Loading } from '../../parts/states.js';
import { Time } from '../../parts/time.js';

export function GrantDetails({ grant }: { readonly grant: GrantTermsFragment }): ReactNode {
  const readsLog = useMay('READ_ACCESS_LOG');
  return (
    <article className="certificate" aria-label={`The grant of ${grant.holder}`}>
      <h2>The grant of {grant.holder}</h2>
      <Terms grant={grant} />
      {grant.revocation ? (
        <p className="notice">
          Revoked by {grant.revocation.by}, <Time value={grant.revocation.at} />: {grant.revocation.reason}
        </p>
      ) : (
        <Revoke grant={grant} />
      )}
      {readsLog ? <Reads id={grant.id} /> : null}
    </article>
  );
}

function Terms({ grant }: { readonly grant: GrantTermsFragment }): ReactNode {
  const { roots, direction, depth, kinds, asOf, reveal, personal, profile, budget } = grant;
  const mask =
    profile === null ? '' : `, masked by the profile ${profile.name} (${profile.digest.slice(0, 12)}…)`;
  return (
    <dl className="facts">
      <dt>Roots</dt>
      <dd>
        <ul className="edges">
          {roots.map((id) => (
            <li key={id}>
              <ArtifactLink id={id} />
            </li>
          ))}
        </ul>
      </dd>
      <dt>Opens</dt>
      <dd>
        {direction.toLowerCase()}, {depth === null ? 'any depth' : `up to ${showCount(depth)} steps`},{' '}
        {kinds === null ? 'all kinds' : kinds.join(', ')}; as of {showCount(asOf)} entries of the log
      </dd>
      <Decided grant={grant} />
      <dt>Of what is hidden</dt>
      <dd>{reveal === 'KIND' ? 'the kind of each' : 'nothing but that it is there'}</dd>
      <dt>Personal values</dt>
      <dd>{`${personal ? 'may be read' : 'are withheld'}${mask}`}</dd>
      <dt>Budget</dt>
      <dd>{budget === null ? 'the server’s' : `${showCount(budget)} units of cost a minute`}</dd>
    </dl>
  );
}

function Decided({ grant: { decidedFrom, decidedTo } }: { readonly grant: GrantTermsFragment }): ReactNode {
  if (decidedFrom === null && decidedTo === null) return null;
  return (
    <>
      <dt>Decisions</dt>
      <dd>
        from {decidedFrom === null ? 'the beginning' : <Time value={decidedFrom} />} to{' '}
        {decidedTo === null ? 'now' : <Time value={decidedTo} />}
      </dd>
    </>
  );
}

/** Ends it on every server, for ever: so it is asked for a reason, which stays in the log. */
function Revoke({ grant: { id, holder } }: { readonly grant: GrantTermsFragment }): ReactNode {
  const { mutate, error, isPending } = useMutation({
    mutationFn: (reason: string) => ask(RevokeGrantDocument, { id, reason }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['ask', GrantsDocument.toString()] }),
  });
  return (
    <form
      className="form-field"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget).get('reason');
        mutate(typeof reason === 'string' ? reason : '');
      }}
    >
      <label htmlFor="revoke-reason">Why it is revoked; this stays in the access log</label>
      <input id="revoke-reason" name="reason" required maxLength={500} autoComplete="off" />
      <button type="submit" className="button" disabled={isPending}>
        Revoke the grant of {holder}
      </button>
      {error ? <p role="alert">Not revoked: {error.message}</p> : null}
    </form>
  );
}

function Reads({ id }: { readonly id: string }): ReactNode {
  const { data, error, isPending, refetch } = useAnswer(GrantReadsDocument, { by: `grant:${id}` });
  if (isPending) return <Loading what="what was read under it" />;
  if (error) return <Failure error={error} again={() => void refetch()} />;
  const { items, hasNextPage } = data.accessLog;
  return (
    <>
      <h3>Read under it</h3>
      {items.length === 0 ? <p className="fine">Nothing yet.</p> : null}
      <ol className="told-list">
        {items.map((read) => (
          <li key={read.id}>
            <Time value={read.recordedAt} /> {[read.operation ?? read.door, ...read.artifacts].join(' ')}{' '}
            <span className="fine">{read.state.toLowerCase()}</span>
          </li>
        ))}
      </ol>
      {hasNextPage ? <p className="fine">The newest are shown; “Who read what” has all of them.</p> : null}
    </>
  );
}
