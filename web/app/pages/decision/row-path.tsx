/** The row that was scored, followed through each data set back to the raw record. */
import type { ReactNode } from 'react';

import type { RowEnd } from '../../graphql/operations.gen.js';
import type { Json } from '../../api/json.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Personal } from '../../parts/value-state.js';
import type { Storyline } from './storyline.js';

const ENDS: Readonly<Record<RowEnd, string>> = {
  SOURCE: 'This is the raw record: its data set has no producer.',
  AGGREGATED: 'Its producer aggregated rows: from here on the answer is exact to the data set.',
  NOT_DECLARED:
    'Its producer did not say how rows come from rows: from here on the answer is exact to the data set.',
  DATASET_NOT_DECLARED: 'Nobody has declared its data set.',
  HIDDEN: 'It comes from data that the grant hides.',
  LIMIT_REACHED: 'More rows lead back from here than a storyline follows.',
};

export function RowPath({ story: { rows, rowState } }: { readonly story: Storyline }): ReactNode {
  if (rows == null || rows.length === 0) {
    return (
      <p>
        {rowState === 'OPEN' ? (
          'No row could be followed.'
        ) : (
          <>
            Which row was scored is <Personal state={rowState}>known</Personal>
          </>
        )}
      </p>
    );
  }
  return (
    <ol className="row-path">
      {rows.map((row) => (
        <li key={`${row.dataset} ${JSON.stringify(row.key)}`}>
          <p>
            <strong>row {keyText(row.key)}</strong> of <ArtifactLink id={row.dataset} />{' '}
            {row.exact ? null : <span className="chip warn">one of several that fit</span>}
          </p>
          {row.location === null ? null : <p className="fine">at {row.location}</p>}
          {row.contentDigest === null ? null : (
            <p className="fine">
              content <code title={row.contentDigest}>{row.contentDigest.slice(0, 23)}…</code>
            </p>
          )}
          {row.ends === null ? null : <p className="row-end">{ENDS[row.ends]}</p>}
        </li>
      ))}
    </ol>
  );
}

function keyText(key: Json): string {
  return Array.isArray(key) ? key.map(String).join(' / ') : JSON.stringify(key);
}
