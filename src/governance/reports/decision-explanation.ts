/**
 * Why one decision came out as it did: for the person whom it concerns (GDPR Article 15(1)(h), EU AI Act Article 86), in
 * plain words, and for an authority, with every version, digest and step. Both are made from the same storyline.
 */
import type { Trace } from '../../lineage/trace-service.js';
import type { TracedFeature } from '../../lineage/traced-features.js';
import { attestedStatement, attestedStatements } from './attested.js';
import {
  fieldStatements,
  gap,
  statement,
  timeText,
  type ReportBody,
  type ReportGap,
  type Statement,
} from './report.js';

/** Factors that a person is told: more would hide what mattered. */
const MAIN_FACTORS = 10;

export function decisionForSubject(trace: Trace): ReportBody {
  const told = trace.features.filter(({ feature }) => feature !== undefined).slice(0, MAIN_FACTORS);
  const corrections = trace.attestations.filter(({ props }) => props.type === 'CORRECTS');
  return {
    title: 'Why this decision was made',
    asks: 'GDPR Articles 15(1)(h) and 22, EU AI Act Article 86: the role of the system in this decision, and its main elements.',
    sections: [
      { title: 'The decision', statements: decision(trace) },
      {
        title: 'What it was based on, most important first',
        statements: told.map((each) => factor(trace, each)),
      },
      {
        title: 'Which data was read',
        statements: readData(trace).map((props) =>
          statement('Data set', String(props.description ?? props.name), props),
        ),
      },
      {
        title: 'What people did',
        statements: attestedStatements(trace.attestations, ['HUMAN_DECISION', 'OUTCOME_OBSERVED']),
      },
      { title: 'What was corrected since', statements: corrections.map(attestedStatement) },
    ],
    gaps: [
      ...subjectGaps(trace, told),
      gap(
        'How can it be contested?',
        'Ask who made the decision: Pedigree keeps its record, not the procedure.',
      ),
    ],
  };
}

export function decisionForAuthority(trace: Trace): ReportBody {
  return {
    title: `Explanation of decision ${String(trace.prediction.id)}`,
    asks: 'EU AI Act Articles 12, 26(6) and 86: how this decision came about, by the records of the time.',
    sections: [
      { title: 'The decision', statements: decision(trace) },
      { title: 'The model', statements: modelOf(trace) },
      {
        title: 'Features, most important first',
        statements: trace.features.map((each) => factor(trace, each)),
      },
      { title: 'Rows', statements: rows(trace) },
      { title: 'Steps', statements: steps(trace) },
      { title: 'What was attested', statements: trace.attestations.map(attestedStatement) },
    ],
    gaps: missing(trace),
  };
}

function modelOf({ model: id, nodes, trainedOn, evaluatedOn }: Trace): Statement[] {
  const model = nodes.get(id);
  if (!model) return [];
  const data = (label: string, ids: readonly string[]): Statement[] =>
    ids.map((set) => statement(label, set, nodes.get(set) ?? { id: set }));
  return [
    statement('Model', id, model),
    ...fieldStatements(model, {
      weightsDigest: 'Digest of its weights',
      code: 'Code',
      intendedUse: 'Intended use',
    }),
    ...data('Trained on', trainedOn),
    ...data('Evaluated on', evaluatedOn),
  ];
}

function rows({ rows: traced, nodes }: Trace): Statement[] {
  return traced.map(({ dataset, key, exact }) =>
    statement(
      dataset,
      `${JSON.stringify(key)}${exact ? '' : ' (one of several)'}`,
      nodes.get(dataset) ?? { id: dataset },
    ),
  );
}

function steps({ steps: traced, nodes }: Trace): Statement[] {
  return traced.flatMap(({ id, state, reads }) => {
    const run = nodes.get(id);
    if (!run) return [];
    const told = `${String(run.name)}: ${state.state ?? 'its end was not told'}; read ${reads.join(', ') || 'nothing'}`;
    return [statement('Step', told, run), ...fieldStatements(run, { code: 'Its code' })];
  });
}

function decision({ prediction, values }: Trace): Statement[] {
  const labels = {
    outcome: 'Outcome',
    score: 'Score',
    mode: 'Mode',
    endpoint: 'Endpoint',
    preprocessing: 'Preprocessing code',
    explanation: 'Stated explanation',
  };
  const said = Object.entries(labels).flatMap(([name, label]) => {
    const value = values.get(`value/${name}`);
    return value?.state === 'OPEN' ? [statement(label, value.value, prediction)] : [];
  });
  return [statement('Decided', timeText(prediction.occurredAt), prediction), ...said];
}

function factor(
  { nodes, prediction }: Trace,
  { name, state, feature, definition }: TracedFeature,
): Statement {
  const defined = definition === undefined ? undefined : nodes.get(definition);
  const meaning = defined ? fieldStatements(defined, { description: 'what it is', unit: 'unit' }) : [];
  const share = feature?.contribution;
  const text = [
    feature === undefined ? `its value is ${state.toLowerCase()}` : `was ${JSON.stringify(feature.value)}`,
    ...(share === undefined
      ? []
      : [`moved the score ${share < 0 ? 'down' : 'up'} by ${String(Math.abs(share))}`]),
    ...meaning.map(({ label, text: fact }) => `${label}: ${fact}`),
  ].join('; ');
  return statement(name, text, prediction, ...(defined ? [defined] : []));
}

/** The data sets that its steps read. */
function readData({ nodes, steps }: Trace): Readonly<Record<string, unknown>>[] {
  const read = new Set(steps.flatMap(({ reads }) => reads));
  return [...nodes.values()].filter(({ id }) => String(id).startsWith('dataset:') && read.has(String(id)));
}

function subjectGaps(trace: Trace, told: readonly TracedFeature[]): ReportGap[] {
  const { features, prediction } = trace;
  const unread = features.filter(({ feature }) => feature === undefined);
  const silent = told.length > 0 && told.every(({ feature }) => feature?.contribution === undefined);
  return [
    ...(features.length === 0
      ? [gap('What was it based on?', 'No feature was declared for this decision.', prediction)]
      : []),
    ...unread.map(({ name, state }) =>
      gap(`What was ${name}?`, `Its value is ${state.toLowerCase()}.`, prediction),
    ),
    ...(silent
      ? [gap('How much did each factor count?', 'No contributions were declared.', prediction)]
      : []),
    ...(features.length > told.length + unread.length
      ? [
          gap(
            'Were there other factors?',
            `Yes, ${String(features.length - told.length - unread.length)} that counted less.`,
            prediction,
          ),
        ]
      : []),
  ];
}

function missing({ completeness, nodes }: Trace): ReportGap[] {
  return completeness.missing.map(({ code, artifact, message }) =>
    gap(code, message, nodes.get(artifact) ?? { id: artifact }),
  );
}
