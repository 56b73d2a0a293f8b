/** The same bounds as the chart's box, as fields: for the keyboard, and for those who know what they look for. */
import type { ReactNode } from 'react';

import type { Odd, Point } from './odd.js';

interface OddFilterProps {
  readonly points: readonly Point[];
  readonly odd: Odd;
  readonly change: (changes: Readonly<Record<string, string>>) => void;
}

export function OddFilter({ points, odd, change }: OddFilterProps): ReactNode {
  const outcomes = [...new Set(points.flatMap(({ outcome }) => outcome ?? []))].sort();
  return (
    <fieldset className="odd-filter">
      <legend>Odd are decisions with</legend>
      <label className="form-field">
        <span>outcome</span>
        <select value={odd.outcome ?? ''} onChange={({ target }) => change({ outcome: target.value })}>
          <option value="">any</option>
          {outcomes.map((outcome) => (
            <option key={outcome}>{outcome}</option>
          ))}
        </select>
      </label>
      {(['lowest', 'highest'] as const).map((name) => (
        <label key={name} className="form-field">
          <span>{name} score</span>
          <input
            type="number"
            step="any"
            value={odd[name] ?? ''}
            onChange={({ target }) => change({ [name]: target.value })}
          />
        </label>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="form-field">
          <span>decided {name} (UTC)</span>
          <input
            type="datetime-local"
            step="1"
            value={odd[name] === undefined ? '' : new Date(odd[name]).toISOString().slice(0, 19)}
            onChange={({ target }) => change({ [name]: target.value === '' ? '' : `${target.value}Z` })}
          />
        </label>
      ))}
    </fieldset>
  );
}
