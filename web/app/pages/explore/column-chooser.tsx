/** Of what is looked at, the columns that one can follow; of a run, those of the data sets that it wrote. */
import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';

import { listOf, membersOf, textOf, type JsonObject } from '../../api/json.js';
import { useMay } from '../../api/session.js';
import { neighbours, type LineageGraph } from '../../graph/lineage-graph.js';
import { parseId } from '../../parts/artifact-id.js';
import type { ExploreProps } from './explore-state.js';

interface ColumnChooserProps extends ExploreProps {
  readonly id: string;
  readonly fields: JsonObject;
  readonly graph: LineageGraph;
}

export function ColumnChooser({ state, change, id, fields, graph }: ColumnChooserProps): ReactNode {
  // A grant says nothing of columns.
  const mayAsk = useMay('READ_LINEAGE');
  const { kind } = parseId(id);
  if (!mayAsk) return null;
  if (kind === 'Dataset') return <OfDataset state={state} change={change} id={id} fields={fields} />;
  if (kind === 'FeatureDef') {
    return (
      <button type="button" className="button quiet" onClick={() => change({ column: id })}>
        <Columns3 aria-hidden="true" /> Follow its columns
      </button>
    );
  }
  return kind === 'Transform' ? <OfRun change={change} id={id} graph={graph} /> : null;
}

function OfDataset({ state, change, id, fields }: Omit<ColumnChooserProps, 'graph'>): ReactNode {
  const names = listOf(fields.schema).flatMap((column) => textOf(membersOf(column).name) ?? []);
  const chosen = state.column?.id === id ? (state.column.name ?? '') : '';
  return (
    <label className="focus-field">
      <span>Follow one of its columns</span>
      <select
        value={chosen}
        onChange={({ target }) => change({ column: target.value === '' ? null : `${id} ${target.value}` })}
      >
        <option value="">none</option>
        <option value="*">all of it, as a whole</option>
        {[...new Set(names)].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface OfRunProps {
  readonly change: ExploreProps['change'];
  readonly id: string;
  readonly graph: LineageGraph;
}

function OfRun({ change, id, graph }: OfRunProps): ReactNode {
  const wrote = (neighbours(graph.links, 'DOWNSTREAM').get(id) ?? []).filter(
    (effect) => parseId(effect).kind === 'Dataset',
  );
  if (wrote.length === 0) return null;
  return (
    <div className="field">
      <p className="fine">Columns are those of what it wrote:</p>
      <div className="buttons">
        {wrote.map((effect) => (
          <button
            key={effect}
            type="button"
            className="button quiet"
            onClick={() => change({ focus: effect })}
          >
            {parseId(effect).name}
          </button>
        ))}
      </div>
    </div>
  );
}
