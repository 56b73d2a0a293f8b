/** The access log: who read whose personal values, when, and why. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import { ReadsDocument, type ReadsQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { MoreButton } from './more-button.js';

type Read = ReadsQuery['accessLog']['items'][number];

export function AccessTab(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const by = search.get('by');
  const variables = { by, artifact: search.get('artifact'), after: search.get('after') };
  const { data, error, isPending, refetch } = useAnswer(ReadsDocument, variables);
  return (
    <section className="card" aria-label="Who read what">
      <form
        className="form-field"
        onSubmit={(event) => {
          event.preventDefault();
          const name = new FormData(event.currentTarget).get('by');
          setSearch({ tab: 'access', ...(typeof name === 'string' && name !== '' ? { by: name } : {}) });
        }}
      >
        <label htmlFor="read-by">Only reads by</label>
        <input id="read-by" name="by" defaultValue={by ?? ''} placeholder="a principal’s name; Enter" />
      </form>
      {isPending ? <Loading what="the access log" /> : null}
      {error ? <Failure error={error} again={() => void refetch()} /> : null}
      {data?.accessLog.items.length === 0 ? <Empty title="Nobody read personal values" /> : null}
      {data && data.accessLog.items.length > 0 ? <ReadTable items={data.accessLog.items} /> : null}
      {data ? <MoreButton {...data.accessLog} /> : null}
    </section>
  );
}

const HEADS = ['When', 'Who', 'Purpose', 'Asked', 'Values', 'Of', 'Ended'];

function ReadTable({ items }: { readonly items: readonly Read[] }): ReactNode {
  return (
    <Table label="Reads" heads={HEADS}>
      {items.map((read) => (
        <ReadRow key={read.id} read={read} />
      ))}
    </Table>
  );
}

function ReadRow({ read }: { readonly read: Read }): ReactNode {
  const [first, ...rest] = read.artifacts;
  return (
    <tr>
      <td>
        <Time value={read.recordedAt} />
      </td>
      <td>
        {read.by} <span className="fine">{read.roles.join(', ')}</span>
      </td>
      <td>{read.purpose ?? <span className="absent">not stated</span>}</td>
      <td>{read.operation ?? read.door}</td>
      <td className="number">{read.values === null ? null : showCount(read.values)}</td>
      <td>
        {first === undefined ? null : <ArtifactLink id={first} />}
        {rest.length === 0 ? null : <span className="fine"> and {showCount(rest.length)} more</span>}
      </td>
      <td>
        <span
          className={`chip ${{ COMPLETE: 'good', FAILED: '', ABORTED: 'warn', OPEN: 'warn' }[read.state]}`}
        >
          {read.state.toLowerCase()}
        </span>
      </td>
    </tr>
  );
}
