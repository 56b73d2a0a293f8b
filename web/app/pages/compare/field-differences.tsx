/** Fields that differ, with both values. */
import type { ReactNode } from 'react';

import type { DifferenceFragment } from '../../graphql/operations.gen.js';
import { JsonValue, wordsOf } from '../../parts/json-value.js';

export function FieldDifferences({ fields }: { readonly fields: readonly DifferenceFragment[] }): ReactNode {
  if (fields.length === 0) return <p className="absent">No field that is not personal differs.</p>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Differences">
      <table className="differences">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, a, b }) => (
            <tr key={field}>
              <th scope="row">{wordsOf(field)}</th>
              <td className="value-a">
                <JsonValue value={a ?? null} />
              </td>
              <td className="value-b">
                <JsonValue value={b ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
