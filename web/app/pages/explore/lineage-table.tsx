/** The same graph as a table: for screen readers, for printing, and for those who would rather read. */
import type { ReactNode } from 'react';

import { KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { showCount } from '../../parts/number.js';
import type { DecisionGroup } from './drawing.js';
import type { ExploreProps } from './explore-state.js';
import { neighbours, type LineageGraph, type Stop } from './lineage-graph.js';

interface LineageTableProps extends ExploreProps {
  readonly graph: LineageGraph;
  readonly decisions: readonly DecisionGroup[];
}

export function LineageTable({ state, change, graph, decisions }: LineageTableProps): ReactNode {
  const causes = neighbours(graph.links, 'UPSTREAM');
  return (
    <div className="scroll card" tabIndex={0} role="region" aria-label="Lineage as a table">
      <table>
        <Head />
        <tbody>
          {[...graph.stops.values()].map((stop) => (
            <Row
              key={stop.id}
              stop={stop}
              causes={causes.get(stop.id) ?? []}
              look={() => change({ focus: stop.id })}
              isLooked={state.focus === stop.id}
            />
          ))}
          {decisions.map(({ model, count }) => (
            <tr key={model}>
              <th scope="row">{showCount(count)} decisions</th>
              <td>decision</td>
              <td>{parseId(model).namespace}</td>
              <td>
                <ArtifactLink id={model} />
              </td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly stop: Stop;
  readonly causes: readonly string[];
  readonly look: () => void;
  readonly isLooked: boolean;
}

function Row({ stop: { id, kind, declared }, causes, look, isLooked }: RowProps): ReactNode {
  return (
    <tr>
      <th scope="row">
        <ArtifactLink id={id} />
      </th>
      <td>{KIND_WORDS[kind][0]}</td>
      <td>{parseId(id).namespace}</td>
      <td>
        <ul>
          {causes.map((cause) => (
            <li key={cause}>
              <ArtifactLink id={cause} />
            </li>
          ))}
        </ul>
      </td>
      <td>{declared ? 'declared' : <span className="chip warn">not declared</span>}</td>
      <td>
        <button type="button" className="button quiet" aria-pressed={isLooked} onClick={look}>
          Look <span className="unseen">at {parseId(id).name}</span>
        </button>
      </td>
    </tr>
  );
}

function Head(): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">Artifact</th>
        <th scope="col">Kind</th>
        <th scope="col">Namespace</th>
        <th scope="col">Comes from</th>
        <th scope="col">State</th>
        <th scope="col">Look</th>
      </tr>
    </thead>
  );
}
