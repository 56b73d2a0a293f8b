/** Chapter one, the work itself: from the published file to a decision for every application. */
import { contentDigestOf } from '../../src/sdk/index.js';
import { readProjectFile } from '../files.js';
import type { DeliveredRow } from '../steps/application.js';
import { checkContract, type ContractCheck } from '../steps/check-contract.js';
import { cleanApplications, type Cleaned } from '../steps/clean-applications.js';
import { computeFeatures, type FeatureRow } from '../steps/compute-features.js';
import { evaluateModel, type Evaluation } from '../steps/evaluate-model.js';
import { readDelivery } from '../steps/read-delivery.js';
import { scoreApplication, type Decision } from '../steps/score-application.js';
import { splitRows, type Split } from '../steps/split-rows.js';
import { trainModel, type TrainedModel } from '../steps/train-model.js';

export const RAW_FILE = 'demo/data/boston-hmda.csv';

export interface ModelWork {
  readonly raw: readonly DeliveredRow[];
  readonly rawDigest: string;
  readonly rawCheck: ContractCheck;
  readonly cleaned: Cleaned;
  readonly cleanCheck: ContractCheck;
  readonly features: readonly FeatureRow[];
  readonly split: Split<FeatureRow>;
  readonly model: TrainedModel;
  readonly evaluation: Evaluation;
  readonly decisions: readonly Decision[];
}

export async function doModelWork(): Promise<ModelWork> {
  const csv = readProjectFile(RAW_FILE);
  const raw = readDelivery(csv);
  const cleaned = cleanApplications(raw);
  const features = computeFeatures(cleaned.applications);
  const split = splitRows(features);
  const model = trainModel(split.train);
  return {
    raw,
    rawDigest: await contentDigestOf([csv]),
    rawCheck: checkContract(raw),
    cleaned,
    cleanCheck: checkContract(cleaned.kept),
    features,
    split,
    model,
    evaluation: evaluateModel(model, split.test, cleaned.applications),
    decisions: features.map((row) => scoreApplication(model, row)),
  };
}
