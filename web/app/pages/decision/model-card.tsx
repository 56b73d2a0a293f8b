/** The model: what it is for, what it was trained and tested on, how well it did, who approved it. */
import type { ReactNode } from 'react';

import { listOf, membersOf, numberOf, textOf, type Json, type JsonObject } from '../../api/json.js';
import type { SummaryFragment } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { JsonValue, Members, wordsOf } from '../../parts/json-value.js';
import { showCount, showNumber } from '../../parts/number.js';
import type { Storyline } from './storyline.js';

export function ModelCard({ story: { model } }: { readonly story: Storyline }): ReactNode {
  if (!model) return <p className="absent">The model is hidden by the grant under which you read.</p>;
  const fields = membersOf(model.artifact.fields);
  return (
    <div className="model">
      <p className="model-name">
        <ArtifactLink id={model.id} namespace />
      </p>
      {textOf(fields.description) === undefined ? null : <p>{textOf(fields.description)}</p>}
      <Particulars model={model} fields={fields} />
      <Metrics metrics={fields.metrics} />
      {fields.hyperparameters === undefined ? null : (
        <details>
          <summary>Hyperparameters</summary>
          <Members members={membersOf(fields.hyperparameters)} />
        </details>
      )}
    </div>
  );
}

interface ParticularsProps {
  readonly model: NonNullable<Storyline['model']>;
  readonly fields: JsonObject;
}

function Particulars({ model, fields }: ParticularsProps): ReactNode {
  const stated = {
    'Kind of model': fields.architecture,
    Framework: fields.framework,
    Owner: fields.owner,
    'Intended use': fields.intendedUse,
    Weights: fields.weightsDigest,
  };
  return (
    <dl className="facts">
      {Object.entries(stated).map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>
            {value === undefined ? <span className="absent">not stated</span> : <JsonValue value={value} />}
          </dd>
        </div>
      ))}
      <dt>Trained on</dt>
      <dd>
        <DataSets items={model.trainedOn} />
      </dd>
      <dt>Evaluated on</dt>
      <dd>
        <DataSets items={model.evaluatedOn} />
      </dd>
    </dl>
  );
}

function DataSets({ items }: { readonly items: readonly SummaryFragment[] }): ReactNode {
  if (items.length === 0) return <span className="absent">not stated</span>;
  return (
    <ul>
      {items.map(({ id, fields, declared }) => {
        const rows = numberOf(membersOf(fields).rowCount);
        return (
          <li key={id}>
            <ArtifactLink id={id} />{' '}
            <span className="fine">{rows === undefined ? null : `${showCount(rows)} rows`}</span>
            {declared ? null : <span className="chip warn">not declared</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Metrics by slice as a table, where they have that shape; otherwise as they were declared. */
function Metrics({ metrics }: { readonly metrics: Json | undefined }): ReactNode {
  if (metrics === undefined) return <p className="absent">No metrics were stated.</p>;
  const slices = Object.entries(membersOf(metrics));
  const isTable = slices.length > 0 && slices.every(([, slice]) => Object.keys(membersOf(slice)).length > 0);
  if (!isTable) {
    return Object.keys(membersOf(metrics)).length > 0 ? (
      <Members members={membersOf(metrics)} />
    ) : (
      <>{listOf(metrics).length > 0 ? <JsonValue value={metrics} /> : null}</>
    );
  }
  return <SliceTable slices={slices.map(([name, slice]) => [name, membersOf(slice)] as const)} />;
}

function SliceTable({ slices }: { readonly slices: readonly (readonly [string, JsonObject])[] }): ReactNode {
  const names = [...new Set(slices.flatMap(([, slice]) => Object.keys(slice)))];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Metrics">
      <table>
        <thead>
          <tr>
            <th scope="col">Metrics</th>
            {names.map((name) => (
              <th key={name} scope="col" className="number">
                {wordsOf(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slices.map(([slice, values]) => (
            <tr key={slice}>
              <th scope="row">{slice}</th>
              {names.map((name) => (
                <td key={name} className="number">
                  {typeof values[name] === 'number' ? (
                    showNumber(values[name])
                  ) : (
                    <JsonValue value={values[name] ?? null} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
