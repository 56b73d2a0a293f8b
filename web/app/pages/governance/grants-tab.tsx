/** Grants: who outside may read which part of the graph, for what, until when; to issue one, to watch it, and to end it. */
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { GrantsDocument, type GrantTermsFragment } from '../../graphql/operations.gen.js';
import { showCount } from '../../parts/number.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { GrantDetails } from './grant-details.js';
import { IssueGrant } from './issue-grant.js';
import { MoreButton } from './more-button.js';

export function GrantsTab(): ReactNode {
  const [search] = useSearchParams();
  const [isIssuing, setIssuing] = useState(false);
  const { data, error, isPending, refetch } = useAnswer(GrantsDocument, { after: search.get('after') });
  const items = data?.grants.items ?? [];
  return (
    <section className="card" aria-label="Grants">
      <button
        type="button"
        className="button"
        aria-expanded={isIssuing}
        onClick={() => setIssuing(!isIssuing)}
      >
        {isIssuing ? 'Close the form' : 'Issue a grant'}
      </button>
      {isIssuing ? <IssueGrant /> : null}
      {isPending ? <Loading what="the grants" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data && items.length === 0 ? (
        <Empty title="There are no grants">
          <p>A grant opens a part of the graph to somebody outside, for a purpose and until a time.</p>
        </Empty>
      ) : null}
      {items.length > 0 ? <GrantTable items={items} /> : null}
      {data ? <MoreButton {...data.grants} /> : null}
    </section>
  );
}

const HEADS = ['Holder', 'Purpose', 'Opens', 'Issued', 'Ends', 'State', 'Details'];

function GrantTable({ items }: { readonly items: readonly GrantTermsFragment[] }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const open = search.get('grant');
  return (
    <>
      <Table label="All grants" heads={HEADS}>
        {items.map((grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            isOpen={grant.id === open}
            look={() => setSearch({ tab: 'grants', ...(grant.id === open ? {} : { grant: grant.id }) })}
          />
        ))}
      </Table>
      {items
        .filter(({ id }) => id === open)
        .map((grant) => (
          <GrantDetails key={grant.id} grant={grant} />
        ))}
    </>
  );
}

interface GrantRowProps {
  readonly grant: GrantTermsFragment;
  readonly isOpen: boolean;
  readonly look: () => void;
}

function GrantRow({ grant, isOpen, look }: GrantRowProps): ReactNode {
  const [tone, state] = stateOf(grant);
  return (
    <tr>
      <th scope="row">{grant.holder}</th>
      <td>
        {grant.purpose} {grant.caseRef === null ? null : <span className="fine">case {grant.caseRef}</span>}
      </td>
      <td>
        {showCount(grant.roots.length)} {grant.roots.length === 1 ? 'root' : 'roots'}
      </td>
      <td>
        <Time value={grant.issuedAt} /> <span className="fine">by {grant.issuedBy}</span>
      </td>
      <td>
        <Time value={grant.expiresAt} />
      </td>
      <td>
        <span className={`chip ${tone}`}>{state}</span>
      </td>
      <td>
        <button type="button" className="button quiet" aria-expanded={isOpen} onClick={look}>
          {isOpen ? 'Close' : 'Open'} <span className="unseen">the grant of {grant.holder}</span>
        </button>
      </td>
    </tr>
  );
}

/** How it stands, by this machine's clock; whether a request is let in is for the server to say. */
function stateOf({ revocation, expiresAt }: GrantTermsFragment): readonly [string, string] {
  if (revocation) return ['bad', 'revoked'];
  return Date.parse(expiresAt) <= Date.now() ? ['', 'ended'] : ['good', 'in force'];
}
