/** The affected decisions, newest first, and all of them as a file. */
import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { membersOf, textOf } from '../../api/json.js';
import { ImpactedDecisionsDocument, type ImpactedDecisionsQuery } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import { fileName, saveFile } from '../../parts/save-file.js';
import { Failure } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { exportDecisions, type ExportFormat } from './export-decisions.js';

type Decision = ImpactedDecisionsQuery['impactedDecisions']['items'][number];

interface AffectedDecisionsProps {
  readonly of: string;
  readonly asOf: string;
  readonly total: string;
}

const SHOWN = 20;

export function AffectedDecisions({ of, asOf, total }: AffectedDecisionsProps): ReactNode {
  const { data, error } = useAnswer(ImpactedDecisionsDocument, {
    of,
    asOf: { treeSize: asOf },
    first: SHOWN,
  });
  if (error) return <Failure error={error} />;
  const items = data?.impactedDecisions.items ?? [];
  return (
    <section className="card" aria-labelledby="affected">
      <div className="card-top">
        <h2 id="affected">
          The decisions{' '}
          <span className="fine">
            the newest {showCount(items.length)} of {showCount(total)}
          </span>
        </h2>
        <Exports of={of} asOf={asOf} />
      </div>
      <DecisionTable items={items} />
    </section>
  );
}

const HEADS = ['Decision', 'Decided', 'Outcome', 'Mode', 'Model'];

function DecisionTable({ items }: { readonly items: readonly Decision[] }): ReactNode {
  return (
    <Table label="Affected decisions" heads={HEADS}>
      {items.map(({ id, decidedAt, mode, model, artifact }) => (
        <tr key={id}>
          <th scope="row">
            <ArtifactLink id={id} />
          </th>
          <td>
            <Time value={decidedAt} />
          </td>
          <td>{textOf(membersOf(artifact.fields).outcome)}</td>
          <td>{mode.toLowerCase()}</td>
          <td>
            <ArtifactLink id={model} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Exports({ of, asOf }: { readonly of: string; readonly asOf: string }): ReactNode {
  const [state, setState] = useState('');
  const save = (format: ExportFormat): void => {
    exportDecisions({ of, asOf, format, progress: (count) => setState(`${showCount(count)} …`) }).then(
      (file) => {
        setState('');
        saveFile(fileName(`impact-${of}`, format), file);
      },
      (error: unknown) => setState((error as Error).message),
    );
  };
  return (
    <div className="buttons">
      <span role="status" className="fine">
        {state}
      </span>
      <button type="button" className="button quiet" onClick={() => save('csv')}>
        <Download aria-hidden="true" /> All as CSV
      </button>
      <button type="button" className="button quiet" onClick={() => save('json')}>
        <Download aria-hidden="true" /> All as JSON
      </button>
    </div>
  );
}
