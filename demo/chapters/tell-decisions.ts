import type { ArtifactDeclaration, PredictionMode } from '../../src/sdk/index.js';
import type { Stage } from '../stage.js';
import { principalReasons, type Decision } from '../steps/score-application.js';
import { ENDPOINT } from './tell-model.js';

interface Batch {
  readonly decisions: readonly Decision[];
  readonly model: ArtifactDeclaration<'Model'>;
  /** The table of features that was scored. */
  readonly features: ArtifactDeclaration<'Dataset'>;
  /** When the first decision was taken; one a second follows. */
  readonly startedAt: string;
  readonly mode: PredictionMode;
  /** A row's decision is called by this and the row's key. */
  readonly prefix: string;
}

/** One prediction for each row. A subject is the applicant, the same one in both chapters. */
export function tellDecisions(stage: Stage, batch: Batch): ArtifactDeclaration<'Prediction'>[] {
  return batch.decisions.map((decision, i) => tellDecision(stage, batch, decision, i));
}

function tellDecision(
  stage: Stage,
  { model, features, startedAt, mode, prefix }: Batch,
  decision: Decision,
  position: number,
): ArtifactDeclaration<'Prediction'> {
  const { row, outcome, score, baseValue } = decision;
  const source = { dataset: features.id, row: [row], asOf: String(features.occurredAt) };
  return stage.build.prediction({
    name: 'decision',
    version: stage.version(`${prefix}${row}`),
    occurredAt: Date.parse(startedAt) + position * 1000,
    outcome,
    score,
    baseValue,
    mode,
    endpoint: ENDPOINT,
    preprocessing: stage.code['compute-features'],
    ...(outcome === 'DENY' ? told(decision) : {}),
    model,
    subjects: [`applicant-${row}`],
    scored: { to: features, row: [row] },
    features: Object.fromEntries(
      decision.features.map(({ name, value, contribution }) => [name, { value, contribution, source }]),
    ),
  });
}

/** What an applicant is told of a denial: the reasons by name, and in words. */
function told(decision: Decision): { reasons: string[]; explanation: string } {
  const reasons = principalReasons(decision);
  const words = reasons.map(({ name, value }) => `${name} = ${value}`);
  return {
    reasons: reasons.map(({ name }) => name),
    explanation: `Denied. Principal reasons, strongest first: ${words.join('; ')}.`,
  };
}
