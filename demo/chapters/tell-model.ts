import {
  jsonDigestOf,
  type ArtifactDeclaration,
  type Declaration,
  type Json,
  type JsonObject,
  type Ref,
} from '../../src/sdk/index.js';
import { after, CALENDAR } from '../calendar.js';
import type { Scene, Stage } from '../stage.js';
import { FEATURE_NAMES } from '../steps/compute-features.js';
import type { Evaluation, Metrics } from '../steps/evaluate-model.js';
import { HYPERPARAMETERS } from '../steps/train-model.js';
import type { ModelWork } from './model-work.js';
import type { FeatureData } from './tell-features.js';
import type { CleanData } from './tell-raw-data.js';

export const ENDPOINT = 'mortgage/decide';

export interface ModelTold {
  readonly model: ArtifactDeclaration<'Model'>;
  readonly scenes: readonly Scene[];
}

/** Training, evaluation, the model, its approval and its deployment. */
export function tellModel(stage: Stage, work: ModelWork, { clean }: CleanData, data: FeatureData): ModelTold {
  const training = stage.completedRun({
    name: 'train-denial-risk',
    step: 'train-model',
    run: '2026-02-02',
    startedAt: CALENDAR.training,
    minutes: 30,
    description: 'Fits a logistic regression of the lenders’ denials on the ten features.',
    owner: 'Credit risk',
    reads: data.train,
    parameters: HYPERPARAMETERS,
    extra: { iterations: work.model.iterations },
  });
  const evaluation = tellEvaluation(stage, work, clean, data);
  const model = trainedModel(stage, work, data, training.run);
  const { all } = work.evaluation;
  const title = `Model: AUC ${all.auc.toFixed(3)}, accuracy ${all.accuracy.toFixed(3)} on ${all.rows} test rows`;
  return {
    model,
    scenes: [
      { title, declarations: [...training.declarations, ...evaluation.declarations, model] },
      {
        title: `Approved and deployed at ${ENDPOINT}`,
        declarations: tellRelease(stage, model, evaluation.report, work),
      },
    ],
  };
}

function trainedModel(
  stage: Stage,
  work: ModelWork,
  data: FeatureData,
  trainedBy: Ref,
): ArtifactDeclaration<'Model'> {
  return stage.build.model({
    name: 'denial-risk',
    version: stage.version('1'),
    occurredAt: after(CALENDAR.evaluation, 10),
    description:
      'The probability that a mortgage application is denied, learnt from the lenders’ decisions of 1990.',
    owner: 'Credit risk',
    weightsDigest: jsonDigestOf(weightsOf(work)),
    architecture: 'Logistic regression on standardised features',
    hyperparameters: { ...HYPERPARAMETERS, threshold: work.model.threshold },
    framework: `ml-matrix ${stage.environment['ml-matrix']}`,
    metrics: metricsOf(work.evaluation),
    intendedUse:
      'A demonstration of lineage on real data. Not for credit decisions: it repeats the decisions of 1990, with their disparities.',
    code: stage.code['train-model'],
    trainedOn: { to: data.train, split: 'train' },
    evaluatedOn: { to: data.test, split: 'test' },
    trainedBy,
    uses: data.inputs.map((definition, i) => ({ to: definition, input: FEATURE_NAMES[i] ?? '' })),
  });
}

/** The report is a data set of its own, so that what it was made from, the protected attribute included, is on record. */
function tellEvaluation(
  stage: Stage,
  work: ModelWork,
  clean: ArtifactDeclaration<'Dataset'>,
  { test, protectedAttributes }: FeatureData,
): { report: ArtifactDeclaration<'Dataset'>; declarations: Declaration[] } {
  const { run, declarations } = stage.completedRun({
    name: 'evaluate-denial-risk',
    step: 'evaluate-model',
    run: '2026-02-03',
    startedAt: CALENDAR.evaluation,
    minutes: 10,
    description:
      'Measures the model on the test rows, in all and by a protected attribute that the model does not see.',
    owner: 'Model validation',
    reads: [test, { to: clean, columns: ['row', 'black'] }],
    applied: protectedAttributes.slice(0, 1),
    parameters: { weightsDigest: jsonDigestOf(weightsOf(work)), threshold: work.model.threshold },
  });
  const report = stage.build.dataset({
    name: 'denial-risk-evaluation',
    version: stage.version('2026-02-03'),
    occurredAt: after(CALENDAR.evaluation, 10),
    description:
      'Metrics of model denial-risk 1; the digest is of their canonical JSON, which the model carries as its metrics.',
    owner: 'Model validation',
    contentDigest: jsonDigestOf(metricsOf(work.evaluation)),
    rowCount: 1 + Object.keys(work.evaluation.byGroup).length,
    classification: 'INTERNAL',
    producedBy: {
      to: run,
      rows: [
        { from: test, mode: 'AGGREGATE' },
        { from: clean, mode: 'AGGREGATE' },
      ],
    },
  });
  return { report, declarations: [...declarations, report] };
}

function tellRelease(
  stage: Stage,
  model: ArtifactDeclaration<'Model'>,
  report: ArtifactDeclaration<'Dataset'>,
  { evaluation }: ModelWork,
): Declaration[] {
  const { all, byGroup } = evaluation;
  const percent = ({ denialRate }: Metrics): string => `${(100 * denialRate).toFixed(1)} %`;
  const approved = stage.build.attest({
    type: 'APPROVED',
    about: model,
    occurredAt: CALENDAR.approval,
    fields: {
      approver: 'Model risk committee',
      decision: 'APPROVED',
      basis:
        `AUC ${all.auc.toFixed(3)} on ${all.rows} test rows. Denial rates differ by race, ${percent(byGroup['black: yes'])} against ` +
        `${percent(byGroup['black: no'])}, close to the lenders’ own: approved for demonstration only.`,
      evidence: [
        { digest: String(report.fields?.contentDigest), title: 'Evaluation report', link: report.id },
      ],
    },
  });
  const deployed = stage.build.attest({
    type: 'DEPLOYED',
    about: model,
    occurredAt: CALENDAR.deployment,
    fields: { author: 'Platform', endpoint: ENDPOINT, environment: 'demo' },
  });
  return [approved, deployed];
}

function weightsOf({ model: { weights } }: ModelWork): Json {
  return { ...weights };
}

function metricsOf({ all, byGroup }: Evaluation): JsonObject {
  return {
    all: { ...all },
    'black: yes': { ...byGroup['black: yes'] },
    'black: no': { ...byGroup['black: no'] },
  };
}
