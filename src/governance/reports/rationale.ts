/** Why a feature may be used, or why a decision rests on what it rests on: what people gave as reasons, and where they gave none. */
import type { Ancestry, AttestedFact } from '../../lineage/ancestry.js';
import type { Trace } from '../../lineage/trace-service.js';
import type { StoredProps } from '../../store/stored-values.js';
import { attestedStatement, attestedStatements } from './attested.js';
import {
  fieldOf,
  fieldStatements,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

const ASKS =
  'ISO/IEC 42001 A.6.2.4 and GDPR Article 5(1)(b) and (c): why is this used, who said so, and since when?';

const DEFINED = {
  description: 'What it is',
  rationale: 'Why it may be used',
  expression: 'How it is computed',
  owner: 'Owner',
  code: 'Code',
};

/** Of a feature's definition, with the definitions that it is derived from. */
export function featureRationale(ancestry: Ancestry): ReportBody {
  const { id, root: feature, nodes, attestations } = ancestry;
  const causes = ancestry.ancestors.flatMap(({ id: cause }) => {
    const props = cause.startsWith('featuredef:') ? nodes.get(cause) : undefined;
    return props ? [props] : [];
  });
  return {
    title: `Rationale of ${id}`,
    asks: ASKS,
    sections: [
      { title: 'The feature', statements: definition(feature) },
      { title: 'What was said about it', statements: reasonsAbout(attestations, [id]) },
      { title: 'What it is derived from', statements: causes.map(summary) },
    ],
    gaps: [
      ...unreasoned([feature], attestations),
      ...unreasoned(causes, attestations),
      ...(ancestry.truncated
        ? [
            gap(
              'Is that all that it is derived from?',
              'No: it is more than a report holds; export the lineage.',
              feature,
            ),
          ]
        : []),
    ],
  };
}

/** Of a decision: its model and each feature that this used, with what people said. */
export function decisionRationale(trace: Trace): ReportBody {
  const { prediction, model: id, nodes, attestations } = trace;
  const model = nodes.get(id) ?? { id };
  const definitions = definitionsOf(trace);
  return {
    title: `Rationale of ${String(prediction.id)}`,
    asks: ASKS,
    sections: [
      { title: 'The decision', statements: decided(trace) },
      {
        title: 'The model',
        statements: [
          ...fieldStatements(model, { intendedUse: 'Intended use', owner: 'Owner' }),
          ...reasonsAbout(attestations, [id]),
        ],
      },
      {
        title: 'The features',
        statements: definitions.flatMap((each) => [
          summary(each),
          ...reasonsAbout(attestations, [each.id as string]),
        ]),
      },
      {
        title: 'What people did',
        statements: attestedStatements(attestations, ['HUMAN_DECISION', 'APPROVED']),
      },
    ],
    gaps: [...decisionGaps(trace), ...unreasoned(definitions, attestations)],
  };
}

function definitionsOf({ features, nodes }: Trace): StoredProps[] {
  return features.flatMap(({ definition: of }) => (of === undefined ? [] : [nodes.get(of) ?? { id: of }]));
}

function decided({ prediction, values, attestations }: Trace): Statement[] {
  const explanation = values.get('value/explanation');
  return [
    statement('Decided', timeText(prediction.occurredAt), prediction),
    ...(explanation?.state === 'OPEN'
      ? [statement('Stated explanation', explanation.value, prediction)]
      : []),
    ...reasonsAbout(attestations, [prediction.id as string]),
  ];
}

function decisionGaps({ prediction, values, features }: Trace): ReportGap[] {
  const explanation = values.get('value/explanation');
  return [
    ...(explanation === undefined || explanation.state === 'OPEN'
      ? []
      : [gap('What explanation was stated?', `It is ${explanation.state.toLowerCase()}.`, prediction)]),
    ...features
      .filter(({ definition: of }) => of === undefined)
      .map(({ name }) => gap(`What is ${name}?`, 'The model names no definition of it.', prediction)),
  ];
}

function definition(props: StoredProps): Statement[] {
  return [
    statement('Declared', `${timeText(props.occurredAt)} by ${String(props.by)}`, props),
    ...fieldStatements(props, DEFINED),
  ];
}

function summary(props: StoredProps): Statement {
  const said = fieldStatements(props, DEFINED).map(({ label, text }) => `${label.toLowerCase()}: ${text}`);
  return statement(String(props.id), said.join('; ') || 'nothing is declared about it', props);
}

function reasonsAbout(facts: readonly AttestedFact[], ids: readonly string[]): Statement[] {
  return facts
    .filter(({ props, about }) => props.type === 'RATIONALE' && about.some((id) => ids.includes(id)))
    .map(attestedStatement);
}

function unreasoned(nodes: readonly StoredProps[], facts: readonly AttestedFact[]): ReportGap[] {
  return nodes
    .filter(
      (props) =>
        fieldOf(props, 'rationale') === undefined && reasonsAbout(facts, [props.id as string]).length === 0,
    )
    .map((props) => gap('Why may this be used?', 'Nobody gave a reason.', props));
}
