/** What an artifact must be to be shown: its namespace, when it happened, how it stands. Kinds are in the legend. */
import { Filter } from 'lucide-react';
import type { ReactNode } from 'react';

import type { ExploreProps } from './explore-state.js';
import { STANDS, type Stand } from './passing.js';

export function FilterBar({ state, change }: ExploreProps): ReactNode {
  const { passing, to } = state;
  // The server's paths take no filter: half a path is none.
  if (to !== '') return null;
  return (
    <details className="filter-bar" open={state.filter !== null}>
      <summary>
        <Filter aria-hidden="true" /> Filter
      </summary>
      <fieldset className="toolbar">
        <legend className="unseen">Only artifacts that are</legend>
        <Namespaces state={state} change={change} />
        <TimeField name="Happened from (UTC)" value={passing.from} change={(since) => change({ since })} />
        <TimeField name="Happened before (UTC)" value={passing.to} change={(before) => change({ before })} />
        <label>
          <span>State</span>
          <select
            value={passing.stand ?? ''}
            onChange={({ target }) => change({ state: target.value === '' ? null : target.value })}
          >
            <option value="">any</option>
            {(Object.keys(STANDS) as Stand[]).map((stand) => (
              <option key={stand} value={stand}>
                {STANDS[stand]}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
    </details>
  );
}

/** Several are separated by spaces, which no namespace has. */
function Namespaces({ state: { passing }, change }: ExploreProps): ReactNode {
  const text = passing.namespaces.join(' ');
  const settle = (value: string): void => {
    if (value !== text) change({ ns: value.split(/[\s,]+/) });
  };
  return (
    <label>
      <span>Namespaces</span>
      <input
        key={text}
        defaultValue={text}
        placeholder="any; Enter"
        autoComplete="off"
        spellCheck={false}
        onBlur={({ target }) => settle(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') settle(currentTarget.value);
        }}
      />
    </label>
  );
}

interface TimeFieldProps {
  readonly name: string;
  readonly value: string | null;
  readonly change: (value: string | null) => void;
}

function TimeField({ name, value, change }: TimeFieldProps): ReactNode {
  return (
    <label>
      <span>{name}</span>
      <input
        type="datetime-local"
        value={value === null ? '' : value.slice(0, 16)}
        onChange={({ target }) => change(target.value === '' ? null : `${target.value}Z`)}
      />
    </label>
  );
}
