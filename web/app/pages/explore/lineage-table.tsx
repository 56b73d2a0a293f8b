/** The same graph as a table: for screen readers, for printing, and for those who would rather read. */
import { useState, type ReactNode } from 'react';

import { KIND_WORDS, parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { countOf, showCount } from '../../parts/number.js';
import type { DecisionGroup } from '../../graph/drawing.js';
import type { ExploreProps } from './explore-state.js';
import { neighbours, type LineageGraph, type Stop } from '../../graph/lineage-graph.js';

interface LineageTableProps extends ExploreProps {
  readonly graph: LineageGraph;
  readonly decisions: readonly DecisionGroup[];
}

/** Rows that are made at a time: a browser is slow with thousands of them. */
const AT_A_TIME = 500;

export function LineageTable({ state, change, graph, decisions }: LineageTableProps): ReactNode {
  const causes = neighbours(graph.links, 'UPSTREAM');
  const [most, setMost] = useState(AT_A_TIME);
  const stops = [...graph.stops.values()];
  return (
    <div className="scroll card" tabIndex={0} role="region" aria-label="Lineage as a table">
      <table>
        <caption>{countOf(stops.length, ['artifact', 'artifacts'])}</caption>
        <Head />
        <tbody>
          {stops.slice(0, most).map((stop) => (
            <Row
              key={stop.id}
              stop={stop}
              causes={causes.get(stop.id) ?? []}
              look={() => change({ focus: stop.id })}
              isLooked={state.focus === stop.id}
            />
          ))}
          {decisions.map((group) => (
            <DecisionRow key={group.model} group={group} />
          ))}
        </tbody>
      </table>
      {stops.length > most ? (
        <button type="button" className="button quiet" onClick={() => setMost(most + AT_A_TIME)}>
          Show the next rows: {showCount(most)} of {showCount(stops.length)} are shown
        </button>
      ) : null}
    </div>
  );
}

function DecisionRow({ group: { model, count } }: { readonly group: DecisionGroup }): ReactNode {
  return (
    <tr>
      <th scope="row">{showCount(count)} decisions</th>
      <td>decision</td>
      <td>{parseId(model).namespace}</td>
      <td>
        <ArtifactLink id={model} />
      </td>
      <td />
      <td />
    </tr>
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
