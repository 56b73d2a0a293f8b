/** The technical file of a model as of a release; as Markdown it is its model card (EU AI Act, Article 11 and Annex IV). */
import type { Ancestry } from '../../lineage/ancestry.js';
import { runState } from '../../lineage/run-state.js';
import type { StoredProps } from '../../store/stored-values.js';
import { attestedStatements } from './attested.js';
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

const MODEL_FIELDS = {
  description: 'What it is',
  intendedUse: 'Intended use',
  owner: 'Owner',
  architecture: 'Architecture',
  framework: 'Framework',
  hyperparameters: 'Hyperparameters',
  weightsDigest: 'Digest of its weights',
  code: 'Code',
};

const DATA_FIELDS = {
  description: 'what it is',
  location: 'location',
  contentDigest: 'content digest',
  rowCount: 'rows',
  classification: 'classification',
  owner: 'owner',
};

/** What Annex IV asks for and no declaration has a field for. */
const NOT_KEPT = [
  [
    'What are the risks, and how are they managed?',
    'Annex IV(5): kept elsewhere; Pedigree keeps lineage and what is attested.',
  ],
  ['How do people oversee it, and how is it secured?', 'Annex IV(2)(e) and (h): kept elsewhere.'],
] as const;

export function technicalFile(ancestry: Ancestry): ReportBody {
  const model = ancestry.root;
  const about = ancestry.attestations;
  return {
    title: `Technical file: ${String(model.name)} ${String(model.version)}`,
    asks: 'EU AI Act, Articles 11 and 18 and Annex IV: the technical documentation of this system as of a release.',
    sections: [
      { title: 'The model', statements: identity(model) },
      { title: 'How it was trained', statements: training(ancestry) },
      { title: 'Where the data came from', statements: sources(ancestry) },
      { title: 'Features', statements: features(ancestry) },
      {
        title: 'How well it works',
        statements: [
          ...fieldStatements(model, { metrics: 'Metrics' }),
          ...data(ancestry, 'EVALUATED_ON', 'Evaluated on'),
        ],
      },
      {
        title: 'Checks and findings',
        statements: attestedStatements(about, ['CONTRACT_CHECK', 'DATA_PROFILE', 'DRIFT', 'INCIDENT']),
      },
      {
        title: 'Oversight',
        statements: attestedStatements(about, ['APPROVED', 'RATIONALE', 'DEPLOYED', 'RETIRED', 'CORRECTS']),
      },
    ],
    gaps: gapsOf(ancestry, model),
  };
}

function identity(model: StoredProps): Statement[] {
  return [
    statement(
      'Version',
      `${String(model.namespace)}/${String(model.name)}, version ${String(model.version)}`,
      model,
    ),
    statement('Made', timeText(model.occurredAt), model),
    statement('Declared', `${timeText(model.recordedAt)} by ${String(model.by)}`, model),
    ...fieldStatements(model, MODEL_FIELDS),
  ];
}

function training(ancestry: Ancestry): Statement[] {
  const runs = ancestry.edgesOf(ancestry.id, 'TRAINED_BY').flatMap(({ to }) => {
    const run = ancestry.nodes.get(to);
    if (!run) return [];
    const { state = 'its end was not told' } = runState(to, ancestry.attestations);
    return [
      statement('Trained by', `${String(run.name)}: ${state}`, run),
      ...fieldStatements(run, {
        code: 'Training code',
        parameters: 'Parameters',
        environment: 'Environment',
      }),
    ];
  });
  return [...runs, ...data(ancestry, 'TRAINED_ON', 'Trained on')];
}

function data(ancestry: Ancestry, edge: 'TRAINED_ON' | 'EVALUATED_ON', label: string): Statement[] {
  return ancestry.edgesOf(ancestry.id, edge).flatMap(({ to }) => dataset(ancestry.nodes.get(to), label));
}

function dataset(props: StoredProps | undefined, label: string): Statement[] {
  if (!props) return [];
  const facts = fieldStatements(props, DATA_FIELDS).map(({ label: name, text }) => `${name} ${text}`);
  return [statement(label, [`${String(props.name)}@${String(props.version)}`, ...facts].join('; '), props)];
}

/** The data sets that nothing declared has made. */
function sources(ancestry: Ancestry): Statement[] {
  const found = ancestry.ancestors
    .map(({ id }) => id)
    .filter(
      (id) => id.startsWith('dataset:') && ancestry.edgesOf(id, 'PRODUCED_BY', 'RESOLVED_TO').length === 0,
    );
  return found.flatMap((id) => dataset(ancestry.nodes.get(id), 'Source'));
}

function features(ancestry: Ancestry): Statement[] {
  return ancestry.edgesOf(ancestry.id, 'USES').flatMap(({ to }) => {
    const definition = ancestry.nodes.get(to);
    if (!definition) return [];
    const facts = fieldStatements(definition, {
      expression: 'expression',
      unit: 'unit',
      rationale: 'rationale',
      owner: 'owner',
      code: 'code',
    });
    const text = facts.map(({ label, text: fact }) => `${label} ${fact}`).join('; ');
    return [
      statement(String(definition.name), text === '' ? 'nothing is declared about it' : text, definition),
    ];
  });
}

function gapsOf(ancestry: Ancestry, model: StoredProps): ReportGap[] {
  const { attestations, nodes, truncated } = ancestry;
  const lacking = (name: string, question: string): ReportGap[] =>
    fieldOf(model, name) === undefined ? [gap(question, `The model does not declare ${name}.`, model)] : [];
  const without = (edge: 'TRAINED_ON' | 'TRAINED_BY' | 'EVALUATED_ON', question: string): ReportGap[] =>
    ancestry.edgesOf(ancestry.id, edge).length === 0
      ? [gap(question, `The model declares no ${edge}.`, model)]
      : [];
  const approved = attestations.some(
    ({ props, about }) => props.type === 'APPROVED' && about.includes(ancestry.id),
  );
  const missing = [...nodes.values()].filter((props) => props.declared !== true);
  return [
    ...lacking('intendedUse', 'What is it for?'),
    ...lacking('metrics', 'How well does it work?'),
    ...lacking('weightsDigest', 'Which weights are these, exactly?'),
    ...without('TRAINED_ON', 'What was it trained on?'),
    ...without('TRAINED_BY', 'How was it trained?'),
    ...without('EVALUATED_ON', 'What was it evaluated on?'),
    ...(approved ? [] : [gap('Who approved it?', 'Nobody attested an approval of this version.', model)]),
    ...missing.map((props) => gap('What is this?', 'It is named as a cause and was not declared.', props)),
    ...(truncated
      ? [gap('Is that all of its ancestry?', 'No: it is larger than a report holds; export the lineage.')]
      : []),
    ...NOT_KEPT.map(([question, reason]) => gap(question, reason)),
  ];
}
