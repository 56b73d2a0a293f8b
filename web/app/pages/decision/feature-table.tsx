/** The features with what each added to the model's output: a chart that is a table, so that everybody can read it. */
import type { ReactNode } from 'react';

import { membersOf, textOf } from '../../api/json.js';
import type { SummaryFragment } from '../../graphql/operations.gen.js';
import { ArtifactLink } from '../../parts/artifact-link.js';
import { CodeVersion, codeOf } from '../../parts/code-version.js';
import { JsonValue } from '../../parts/json-value.js';
import { showNumber, showSigned } from '../../parts/number.js';
import { Personal } from '../../parts/value-state.js';
import type { Storyline } from './storyline.js';

type Feature = Storyline['features'][number];

export function FeatureTable({ story }: { readonly story: Storyline }): ReactNode {
  const { features } = story;
  if (features.length === 0) return <p className="absent">The decision names no feature values.</p>;
  const most = Math.max(...features.map(({ contribution }) => Math.abs(contribution ?? 0)));
  return (
    <>
      <Sum story={story} />
      <div className="scroll" tabIndex={0} role="region" aria-label="Features">
        <table className="features">
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col">
                Added <span className="legend-less">less likely</span>{' '}
                <span className="legend-more">more likely</span>
              </th>
              <th scope="col">Defined as</th>
            </tr>
          </thead>
          <tbody>
            {features.map((feature) => (
              <FeatureRow key={feature.name} feature={feature} most={most} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Base value plus contributions is the output: shown where all of them can be read. */
function Sum({ story: { prediction, features } }: { readonly story: Storyline }): ReactNode {
  const parts = features.map(({ contribution }) => contribution);
  if (prediction.baseValue === null || !parts.every((part) => part != null)) return null;
  const added = parts.reduce((sum, part) => sum + part, 0);
  return (
    <p className="sum">
      Base <strong>{showNumber(prediction.baseValue)}</strong>, and the features add{' '}
      <strong>{showSigned(added)}</strong>: <strong>{showNumber(prediction.baseValue + added)}</strong> in the
      model’s own unit.
    </p>
  );
}

function FeatureRow({ feature, most }: { readonly feature: Feature; readonly most: number }): ReactNode {
  const { name, state, value, contribution, definition } = feature;
  return (
    <tr>
      <th scope="row" className="feature-name">
        {name}
        <span className="fine">{textOf(membersOf(definition?.fields).description)}</span>
      </th>
      <td className="number">
        <Personal state={state}>
          <JsonValue value={value ?? null} />
        </Personal>
      </td>
      <td className="bar-cell">{contribution == null ? null : <Bar value={contribution} most={most} />}</td>
      <td>
        {definition ? (
          <Definition definition={definition} />
        ) : (
          <span className="absent">the model names none</span>
        )}
      </td>
    </tr>
  );
}

/** From the middle: to the right what made the outcome's score higher, to the left what made it lower. */
function Bar({ value, most }: { readonly value: number; readonly most: number }): ReactNode {
  const width = most === 0 ? 0 : (Math.abs(value) / most) * 100;
  return (
    <span className="bar">
      <svg viewBox="-100 0 200 16" preserveAspectRatio="none" aria-hidden="true">
        <rect
          x={value < 0 ? -width : 0}
          y="2"
          width={Math.max(width, 0.8)}
          height="12"
          className={value < 0 ? 'bar-less' : 'bar-more'}
        />
        <line x1="0" x2="0" y1="0" y2="16" className="bar-zero" vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="bar-number">{showSigned(value)}</span>
    </span>
  );
}

function Definition({ definition }: { readonly definition: SummaryFragment }): ReactNode {
  const fields = membersOf(definition.fields);
  return (
    <div className="definition">
      {textOf(fields.expression) === undefined ? null : <code>{textOf(fields.expression)}</code>}
      <span className="definition-facts">
        <ArtifactLink id={definition.id} />
        <CodeVersion code={codeOf(definition.fields)} />
        <span className="fine">{textOf(fields.owner) ?? 'no owner stated'}</span>
      </span>
    </div>
  );
}
