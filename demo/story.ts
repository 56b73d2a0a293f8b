/** The whole story as declarations, made before the first of them is sent. */
import { createHash } from 'node:crypto';

import type { ArtifactDeclaration } from '../src/sdk/index.js';
import { CALENDAR } from './calendar.js';
import { doBatchWork, type BatchWork } from './chapters/batch-work.js';
import { doModelWork, type ModelWork } from './chapters/model-work.js';
import { tellBatch } from './chapters/tell-batch.js';
import { tellDecisions } from './chapters/tell-decisions.js';
import { tellFeatures } from './chapters/tell-features.js';
import { tellIncident } from './chapters/tell-incident.js';
import { tellModel } from './chapters/tell-model.js';
import { tellRawData } from './chapters/tell-raw-data.js';
import type { CodeVersions, Environment } from './code-versions.js';
import { Stage, type Scene } from './stage.js';

/** Ids of those whom one asks about afterwards. */
export interface Cast {
  readonly rawDataset: string;
  readonly model: string;
  /** The first application that the model denied in chapter one. */
  readonly deniedApplication: string;
  /** The table of features of chapter two. */
  readonly batch: string;
  /** Decisions of chapter two that turned from APPROVE into DENY for the same applicant. */
  readonly suspects: readonly string[];
  /** Decisions of chapter two that are what they were in chapter one. */
  readonly controls: readonly string[];
}

export interface Story {
  readonly scenes: readonly Scene[];
  readonly cast: Cast;
  readonly one: ModelWork;
  readonly two: BatchWork;
}

/** Does the work of both chapters and tells it. The same data, code and libraries give the same declarations. */
export async function writeStory(code: CodeVersions, environment: Environment): Promise<Story> {
  const one = await doModelWork();
  const two = await doBatchWork(one);
  const draft = await tellStory(new Stage(code, environment, 'draft'), one, two);
  const edition = createHash('sha256').update(JSON.stringify(draft.scenes)).digest('hex').slice(0, 8);
  return tellStory(new Stage(code, environment, edition), one, two);
}

async function tellStory(stage: Stage, one: ModelWork, two: BatchWork): Promise<Story> {
  const data = await tellRawData(stage, one);
  const features = await tellFeatures(stage, one, data);
  const { model, scenes: modelScenes } = tellModel(stage, one, data, features);
  const decisions = tellDecisions(stage, {
    decisions: one.decisions,
    model,
    features: features.features,
    startedAt: CALENDAR.decisions,
    // The applications were decided by lenders in 1990; the model decides them after the fact.
    mode: 'BACKFILL',
    prefix: '',
  });
  const batch = await tellBatch(stage, two, features);
  const batchDecisions = tellDecisions(stage, {
    decisions: two.decisions,
    model,
    features: batch.features,
    startedAt: CALENDAR.batchDecisions,
    mode: 'LIVE',
    prefix: 'b2-',
  });
  const scenes = [
    ...data.scenes,
    ...features.scenes,
    ...modelScenes,
    { title: `Decisions: ${decisions.length}`, declarations: decisions },
    ...batch.scenes,
    { title: `Decisions of the batch: ${batchDecisions.length}`, declarations: batchDecisions },
    tellIncident(stage, one, two, { model, train: features.train, features: batch.features }),
  ];
  const rest = { rawDataset: data.raw.id, model: model.id, batch: batch.features.id };
  return { one, two, scenes, cast: { ...rest, ...castOf(decisions, batchDecisions, two) } };
}

type Predictions = readonly ArtifactDeclaration<'Prediction'>[];

/** Decisions stand in the order of the rows that they are about. */
function castOf(
  decisions: Predictions,
  batchDecisions: Predictions,
  { decisions: rows, flipped, unchanged }: BatchWork,
): Pick<Cast, 'deniedApplication' | 'suspects' | 'controls'> {
  const idOf = new Map(rows.map(({ row }, i) => [row, batchDecisions[i]?.id ?? '']));
  const idsOf = (keys: readonly number[]): string[] => keys.map((row) => idOf.get(row) ?? '');
  return {
    deniedApplication: decisions.find(({ fields }) => fields?.outcome === 'DENY')?.id ?? '',
    suspects: idsOf(flipped),
    controls: idsOf(unchanged),
  };
}
