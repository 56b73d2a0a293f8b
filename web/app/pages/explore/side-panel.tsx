/** What is looked at: what it is, and where one can go from it. */
import { Crosshair, Route, X } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';

import { useAnswer } from '../../api/use-answer.js';
import { membersOf } from '../../api/json.js';
import { ArtifactPageDocument } from '../../graphql/operations.gen.js';
import { isId, parseId } from '../../parts/artifact-id.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { Fact } from '../../parts/fact.js';
import { Members } from '../../parts/json-value.js';
import { countOf, showCount } from '../../parts/number.js';
import { ColumnChooser } from './column-chooser.js';
import type { ExploreProps } from './explore-state.js';
import { connected, type LineageGraph } from '../../graph/lineage-graph.js';

interface SidePanelProps extends ExploreProps {
  readonly graph: LineageGraph;
  readonly asOf: string;
}

export function SidePanel(props: SidePanelProps): ReactNode {
  const { state, graph, asOf } = props;
  const id = graph.stops.has(state.focus) ? state.focus : '';
  return (
    <aside className="side-panel" aria-label="What is looked at">
      <FocusField {...props} />
      {id === '' ? (
        <p className="fine">
          Choose an artifact to see what it is. With the keyboard: Tab into the graph, arrows along its lines,
          Enter to choose. As of {showCount(asOf)} entries of the log.
        </p>
      ) : (
        <Looked {...props} id={id} />
      )}
    </aside>
  );
}

/** Proposals at most; more letters make them fewer. */
const MOST_FOUND = 50;

/** Finds among what is shown. */
function FocusField({ state, change, graph }: SidePanelProps): ReactNode {
  const list = useId();
  const [typed, setTyped] = useState('');
  const found = [...graph.stops.keys()].filter((id) => id.includes(typed)).slice(0, MOST_FOUND);
  return (
    <label className="focus-field">
      <span>Find in this graph</span>
      <input
        key={state.focus}
        list={list}
        defaultValue={isId(state.focus) ? state.focus : ''}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setTyped(target.value);
          if (graph.stops.has(target.value)) change({ focus: target.value });
        }}
      />
      <datalist id={list}>
        {found.map((id) => (
          <option key={id} value={id}>
            {parseId(id).name}
          </option>
        ))}
      </datalist>
    </label>
  );
}

function Looked({ state, change, graph, id }: SidePanelProps & { readonly id: string }): ReactNode {
  const { data, error } = useAnswer(ArtifactPageDocument, { id, asOf: state.asOf });
  const facts = data?.artifact?.attestations.items ?? [];
  return (
    <>
      <h2>
        <ArtifactLink id={id} asOf={state.at ?? undefined} />
      </h2>
      <p className="fine">
        {countOf(connected(graph, id).size - 1, ['artifact', 'artifacts'])} here hang together with it.
      </p>
      <Ways state={state} change={change} id={id} />
      {error ? <p role="alert">{error.message}</p> : null}
      {data?.artifact ? (
        <>
          <ColumnChooser
            state={state}
            change={change}
            id={id}
            fields={membersOf(data.artifact.fields)}
            graph={graph}
          />
          <Members members={membersOf(data.artifact.fields)} />
        </>
      ) : null}
      <ol className="told-list">
        {facts.map((fact) => (
          <Fact key={fact.id} fact={fact} />
        ))}
      </ol>
    </>
  );
}

/** Where one can go from it. */
function Ways({ state, change, id }: ExploreProps & { readonly id: string }): ReactNode {
  return (
    <div className="buttons">
      <button
        type="button"
        className="button quiet"
        onClick={() => change({ of: id, focus: null, to: null, more: null, fold: null })}
      >
        <Crosshair aria-hidden="true" /> Begin here
      </button>
      {id === state.of ? null : (
        <button type="button" className="button quiet" onClick={() => change({ to: id, focus: null })}>
          <Route aria-hidden="true" /> Only the paths to it
        </button>
      )}
      <button type="button" className="button quiet" onClick={() => change({ focus: null })}>
        <X aria-hidden="true" /> Look away
      </button>
    </div>
  );
}
