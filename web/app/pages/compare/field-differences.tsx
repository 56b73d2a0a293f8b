/** Fields that differ, with both values. */
import type { ReactNode } from 'react';

import type { DifferenceFragment } from '../../graphql/operations.gen.js';
import { JsonValue, wordsOf } from '../../parts/json-value.js';
import { Table } from '../../parts/table.js';

export function FieldDifferences({ fields }: { readonly fields: readonly DifferenceFragment[] }): ReactNode {
  if (fields.length === 0) return <p className="absent">No field that is not personal differs.</p>;
  return (
    <Table label="Differences" heads={['Field', 'A', 'B']} className="differences">
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
    </Table>
  );
}
