/** How good the model is on applications that it has not seen, in all and by group. */
import type { Application } from './application.js';
import type { FeatureRow } from './compute-features.js';
import { scoreApplication } from './score-application.js';
import type { TrainedModel } from './train-model.js';

export interface Metrics {
  readonly rows: number;
  /** Area under the ROC curve: the chance that a denied application scores above an approved one. */
  readonly auc: number;
  readonly accuracy: number;
  readonly logLoss: number;
  /** Share denied by the model, and by the lenders. */
  readonly denialRate: number;
  readonly lenderDenialRate: number;
}

export interface Evaluation {
  readonly all: Metrics;
  /** By a protected attribute that the model does not see. */
  readonly byGroup: Readonly<Record<'black: yes' | 'black: no', Metrics>>;
}

interface Scored {
  readonly denied: boolean;
  readonly score: number;
  readonly deny: boolean;
}

/** Scores the test rows; `applications` hold the protected attribute, by row. */
export function evaluateModel(
  model: TrainedModel,
  test: readonly FeatureRow[],
  applications: readonly Application[],
): Evaluation {
  const blackRows = new Set(applications.filter(({ black }) => black === 'yes').map(({ row }) => row));
  const metrics = (rows: readonly FeatureRow[]): Metrics =>
    metricsOf(rows.map((row) => toScored(model, row)));
  return {
    all: metrics(test),
    byGroup: {
      'black: yes': metrics(test.filter(({ row }) => blackRows.has(row))),
      'black: no': metrics(test.filter(({ row }) => !blackRows.has(row))),
    },
  };
}

function toScored(model: TrainedModel, row: FeatureRow): Scored {
  const { score, outcome } = scoreApplication(model, row);
  return { denied: row.denied === 1, score, deny: outcome === 'DENY' };
}

function metricsOf(scored: readonly Scored[]): Metrics {
  const share = (holds: (one: Scored) => boolean): number => scored.filter(holds).length / scored.length;
  const losses = scored.map(({ denied, score }) => -Math.log(denied ? score : 1 - score));
  return {
    rows: scored.length,
    auc: areaUnderCurve(scored),
    accuracy: share(({ denied, deny }) => denied === deny),
    logLoss: losses.reduce((sum, loss) => sum + loss, 0) / scored.length,
    denialRate: share(({ deny }) => deny),
    lenderDenialRate: share(({ denied }) => denied),
  };
}

/** By comparing all pairs of a denied and an approved application; a tie counts half. */
function areaUnderCurve(scored: readonly Scored[]): number {
  const denied = scored.filter((one) => one.denied);
  const approved = scored.filter((one) => !one.denied);
  let wins = 0;
  for (const { score } of denied) {
    for (const other of approved) wins += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  }
  return wins / (denied.length * approved.length);
}
