import type { ArtifactDeclaration, Declaration } from '../../src/sdk/index.js';
import { CALENDAR } from '../calendar.js';
import type { Scene, Stage } from '../stage.js';
import { ALPHA } from '../steps/measure-drift.js';
import type { Decision } from '../steps/score-application.js';
import type { BatchWork } from './batch-work.js';
import type { ModelWork } from './model-work.js';

interface Concerned {
  readonly model: ArtifactDeclaration<'Model'>;
  readonly train: ArtifactDeclaration<'Dataset'>;
  /** The table of features that was scored. */
  readonly features: ArtifactDeclaration<'Dataset'>;
}

/** The drift of every feature, whether it is one or not, and the incident. Nobody knows the cause yet. */
export function tellIncident(stage: Stage, one: ModelWork, two: BatchWork, concerned: Concerned): Scene {
  const drifted = two.drift.filter((measure) => measure.drifted).map(({ feature }) => feature);
  return {
    title: `Drift noticed in ${drifted.join(', ') || 'nothing'}; incident opened`,
    declarations: [...tellDrift(stage, one, two, concerned), tellAlarm(stage, one, two, concerned)],
  };
}

function tellDrift(
  stage: Stage,
  one: ModelWork,
  two: BatchWork,
  { model, train, features }: Concerned,
): Declaration[] {
  return two.drift.map(({ feature, value, threshold, drifted }) =>
    stage.build.attest({
      type: 'DRIFT',
      about: [features, model],
      occurredAt: CALENDAR.drift,
      fields: {
        author: 'Model monitoring',
        feature,
        statistic: 'Kolmogorov–Smirnov distance',
        value,
        threshold,
        drifted,
        baseline: train.id,
        sample: { baselineRows: one.split.train.length, batchRows: two.features.length, alpha: ALPHA },
        extra: { code: { ...stage.code['measure-drift'] } },
      },
    }),
  );
}

function tellAlarm(
  stage: Stage,
  one: ModelWork,
  two: BatchWork,
  { model, features }: Concerned,
): Declaration {
  const drifted = two.drift.filter((measure) => measure.drifted);
  const distances = drifted.map(({ feature, value, threshold }) => {
    const limit = threshold.toFixed(3);
    return `${feature} (distance ${value.toFixed(3)}, limit ${limit})`;
  });
  return stage.build.attest({
    type: 'INCIDENT',
    about: [features, model],
    occurredAt: CALENDAR.incident,
    fields: {
      author: 'Model monitoring',
      title: 'Denials of the batch of 15 June far above the usual',
      severity: 'HIGH',
      status: 'OPEN',
      explanation:
        `The model denied ${denied(two.decisions)} of ${two.decisions.length} applications; of the earlier batch it had denied ` +
        `${denied(one.decisions)} of ${one.decisions.length}. ${two.flipped.length} applications that it had approved before are ` +
        `denied now. Drifted: ${distances.join(', ')}. Every delivery had passed its contract check. The cause is not known yet.`,
    },
  });
}

function denied(decisions: readonly Decision[]): number {
  return decisions.filter(({ outcome }) => outcome === 'DENY').length;
}
