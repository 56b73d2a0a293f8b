/** The drawing's boxes as rows: the same ones, in the same words. */
import type { ReactNode } from 'react';

import { KIND_WORDS } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Table } from '../../parts/table.js';
import type { DiffGraph } from './diff-graph.js';
import { SAID } from './said.js';

export function DiffTable({ graph: { drawing, boxes } }: { readonly graph: DiffGraph }): ReactNode {
  return (
    <Table
      label="Both ancestries as a table"
      heads={['Artifact', 'Kind', 'Which', 'In A', 'In B', 'Comes from']}
    >
      {drawing.boxes.map(({ id, kind, title, isRoot }) => {
        const { a, b, state = 'shared' } = boxes.get(id) ?? {};
        const causes = drawing.lines.filter(({ effect }) => effect === id);
        return (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>{KIND_WORDS[kind][0]}</td>
            <td>
              {SAID[state].words}
              {isRoot ? ', compared' : ''}
            </td>
            <td>{a === undefined ? <span className="absent">no</span> : <ArtifactLink id={a} />}</td>
            <td>{b === undefined ? <span className="absent">no</span> : <ArtifactLink id={b} />}</td>
            <td>
              {causes
                .map(({ cause }) => drawing.boxes.find((box) => box.id === cause)?.title ?? cause)
                .join(', ')}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
