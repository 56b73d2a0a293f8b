import type { ArtifactDeclaration, DatasetFields, Declaration, HeldKeys, Ref } from '../../src/sdk/index.js';
import { after, CALENDAR } from '../calendar.js';
import { FEATURE_SCHEMA, keyRangeOf, keysOf } from '../schemas.js';
import type { Scene, Stage } from '../stage.js';
import type { FeatureRow } from '../steps/compute-features.js';
import {
  MODEL_FEATURES,
  PROTECTED_ATTRIBUTES,
  type FeatureDefinition,
} from '../steps/feature-definitions.js';
import { SPLIT } from '../steps/split-rows.js';
import { featuresDigest } from '../steps/table-digest.js';
import type { ModelWork } from './model-work.js';
import type { CleanData } from './tell-raw-data.js';

type DatasetDeclaration = ArtifactDeclaration<'Dataset'>;

export interface FeatureData {
  /** The model's inputs, in the model's order. */
  readonly inputs: readonly ArtifactDeclaration<'FeatureDef'>[];
  /** Defined for analysis; no model uses them. */
  readonly protectedAttributes: readonly ArtifactDeclaration<'FeatureDef'>[];
  readonly features: DatasetDeclaration;
  readonly train: DatasetDeclaration;
  readonly test: DatasetDeclaration;
  readonly scenes: readonly Scene[];
}

/** The definitions, the table of features, and its split into training and test rows. */
export async function tellFeatures(
  stage: Stage,
  work: ModelWork,
  { raw, clean }: CleanData,
): Promise<FeatureData> {
  const define = (one: FeatureDefinition): ArtifactDeclaration<'FeatureDef'> =>
    defineFeature(stage, one, raw);
  const inputs = MODEL_FEATURES.map(define);
  const protectedAttributes = PROTECTED_ATTRIBUTES.map(define);
  const definitions = {
    title: `Features: ${inputs.length} model inputs, ${protectedAttributes.length} protected attributes that are none`,
    declarations: [...inputs, ...protectedAttributes],
  };
  const computed = await computedFeatures(stage, work.features, {
    from: clean,
    name: 'application-features',
    run: '2026-01-19',
    startedAt: CALENDAR.features,
    applied: inputs,
    keys: keyRangeOf(work.features),
  });
  const table = { title: `Feature table: ${work.features.length} rows`, declarations: computed.declarations };
  const split = await tellSplit(stage, work, computed.features);
  const scenes = [definitions, table, ...split.scenes];
  return { inputs, protectedAttributes, features: computed.features, ...split, scenes };
}

interface FeatureRun {
  /** The applications' table, whose keys the features keep. */
  readonly from: DatasetDeclaration;
  readonly name: string;
  readonly run: string;
  readonly startedAt: string;
  readonly applied: readonly Ref[];
  readonly keys: HeldKeys;
}

/** A run of the feature computation and the table that it wrote. */
export async function computedFeatures(
  stage: Stage,
  rows: readonly FeatureRow[],
  { from, name, run: id, startedAt, applied, keys }: FeatureRun,
): Promise<{ features: DatasetDeclaration; declarations: Declaration[] }> {
  const minutes = 10;
  const { run, declarations } = stage.completedRun({
    name: 'compute-features',
    step: 'compute-features',
    run: id,
    startedAt,
    minutes,
    description: 'Computes the model’s features and the label, row by row.',
    owner: 'Credit risk',
    reads: { to: from, columns: ['row', ...MODEL_FEATURES.map((feature) => feature.name), 'deny'] },
    applied,
  });
  const features = stage.build.dataset({
    ...(await tableOf(rows)),
    name,
    version: stage.version(id),
    occurredAt: after(startedAt, minutes),
    keys,
    producedBy: { to: run, rows: [{ from, mode: 'SAME_KEYS' }] },
  });
  return { features, declarations: [...declarations, features] };
}

function defineFeature(
  stage: Stage,
  { name, description, expression, unit, rationale, classification }: FeatureDefinition,
  raw: DatasetDeclaration,
): ArtifactDeclaration<'FeatureDef'> {
  return stage.build.featureDef({
    name,
    version: stage.version('1'),
    occurredAt: CALENDAR.definitions,
    description,
    expression,
    type: 'number',
    unit,
    rationale,
    owner: 'Credit risk',
    classification,
    code: stage.code['feature-definitions'],
    derivedFrom: { to: raw, columns: [name] },
  });
}

async function tellSplit(
  stage: Stage,
  { split }: ModelWork,
  features: DatasetDeclaration,
): Promise<Pick<FeatureData, 'train' | 'test' | 'scenes'>> {
  const { run, declarations } = stage.completedRun({
    name: 'split-rows',
    step: 'split-rows',
    run: '2026-01-19',
    startedAt: CALENDAR.split,
    minutes: 2,
    description: 'Puts each row into the training or the test set by a seeded hash of its key.',
    owner: 'Credit risk',
    reads: features,
    parameters: SPLIT,
  });
  const part = async (name: string, rows: readonly FeatureRow[]): Promise<DatasetDeclaration> =>
    stage.build.dataset({
      ...(await tableOf(rows)),
      name,
      version: stage.version('2026-01-19'),
      occurredAt: after(CALENDAR.split, 2),
      keys: keysOf(rows),
      producedBy: { to: run, rows: [{ from: features, mode: 'FILTER' }] },
    });
  const train = await part('application-features-train', split.train);
  const test = await part('application-features-test', split.test);
  const title = `Split: ${split.train.length} rows to train on, ${split.test.length} to test on`;
  return { train, test, scenes: [{ title, declarations: [...declarations, train, test] }] };
}

/** What every table of features says about itself. */
async function tableOf(rows: readonly FeatureRow[]): Promise<DatasetFields> {
  return {
    owner: 'Credit risk',
    schema: FEATURE_SCHEMA,
    contentDigest: await featuresDigest(rows),
    rowCount: rows.length,
    classification: 'PERSONAL',
  };
}
