import type { ArtifactDeclaration, DatasetFields, Declaration } from '../../src/sdk/index.js';
import { after, CALENDAR } from '../calendar.js';
import { APPLICATION_SCHEMA, keysOf } from '../schemas.js';
import type { Scene, Stage } from '../stage.js';
import { CONTRACT } from '../steps/check-contract.js';
import { applicationsDigest } from '../steps/table-digest.js';
import type { BatchWork, Delivery } from './batch-work.js';
import { computedFeatures, type FeatureData } from './tell-features.js';

type DatasetDeclaration = ArtifactDeclaration<'Dataset'>;

export interface BatchData {
  /** The table of features that is scored. */
  readonly features: DatasetDeclaration;
  readonly scenes: readonly Scene[];
}

/** Three deliveries, each converted by its branch, united, and made into features. */
export async function tellBatch(stage: Stage, work: BatchWork, { inputs }: FeatureData): Promise<BatchData> {
  const parts = await Promise.all(work.deliveries.map((delivery) => tellDelivery(stage, delivery)));
  const union = await tellUnion(
    stage,
    work,
    parts.map(({ converted }) => converted),
  );
  const { features, declarations } = await computedFeatures(stage, work.features, {
    from: union.united,
    name: 'batch-features',
    run: '2026-06-15',
    startedAt: CALENDAR.batchFeatures,
    applied: inputs,
    keys: keysOf(work.features),
  });
  const delivered = {
    title: `Three deliveries of ${work.deliveries[0]?.rows.length ?? 0} rows each, every contract check passed`,
    declarations: parts.flatMap((part) => part.delivered),
  };
  const united = {
    title: `Converted by the branches and united: ${work.united.length} rows`,
    declarations: [...parts.flatMap((part) => part.conversion), ...union.declarations, ...declarations],
  };
  return { features, scenes: [delivered, united] };
}

async function tellUnion(
  stage: Stage,
  { united: rows }: BatchWork,
  converted: readonly DatasetDeclaration[],
): Promise<{ united: DatasetDeclaration; declarations: Declaration[] }> {
  const { run, declarations } = stage.completedRun({
    name: 'unite-deliveries',
    step: 'unite-deliveries',
    run: '2026-06-15',
    startedAt: CALENDAR.union,
    minutes: 5,
    description: 'Puts the branches’ converted applications into one table. It checks keys, not values.',
    owner: 'Data engineering',
    reads: converted,
  });
  const united = stage.build.dataset({
    ...(await applicationTable(rows)),
    name: 'applications-batch',
    version: stage.version('2026-06-15'),
    occurredAt: after(CALENDAR.union, 5),
    description: 'The applications of all three branches.',
    producedBy: { to: run, rows: converted.map((from) => ({ from, mode: 'UNION' })) },
  });
  return { united, declarations: [...declarations, united] };
}

interface DeliveryTold {
  readonly converted: DatasetDeclaration;
  readonly delivered: readonly Declaration[];
  readonly conversion: readonly Declaration[];
}

async function tellDelivery(stage: Stage, delivery: Delivery): Promise<DeliveryTold> {
  const { branch, check, converted } = delivery;
  const raw = deliveredDataset(stage, delivery);
  const { run, declarations } = stage.completedRun({
    name: `convert-delivery-${branch.name}`,
    step: branch.step,
    run: '2026-06-15',
    startedAt: CALENDAR.conversions,
    minutes: 3,
    description:
      'Converts a delivery into typed applications. Each branch runs the version that it has rolled out.',
    owner: `Branch ${branch.name}`,
    reads: raw,
  });
  const dataset = stage.build.dataset({
    ...(await applicationTable(converted)),
    name: `delivery-${branch.name}`,
    version: stage.version('2026-06-15'),
    occurredAt: after(CALENDAR.conversions, 3),
    producedBy: { to: run, rows: [{ from: raw, mode: 'SAME_KEYS' }] },
  });
  return {
    converted: dataset,
    delivered: [raw, stage.contractCheck(raw, CALENDAR.deliveryChecks, check)],
    conversion: [...declarations, dataset],
  };
}

function deliveredDataset(stage: Stage, { branch, file, digest, rows }: Delivery): DatasetDeclaration {
  return stage.build.dataset({
    name: `delivery-${branch.name}-raw`,
    version: stage.version('2026-06-15'),
    occurredAt: CALENDAR.deliveries,
    description:
      'Applications delivered by a branch. The branches are part of the demo: the rows are real rows of the published ' +
      'file, delivered again (demo/data/README.md).',
    owner: `Branch ${branch.name}`,
    schema: APPLICATION_SCHEMA,
    location: file,
    contentDigest: digest,
    rowCount: rows.length,
    classification: 'SPECIAL',
    contract: CONTRACT,
    keys: keysOf(rows),
  });
}

/** What every table of converted applications says about itself. */
async function applicationTable(applications: BatchWork['united']): Promise<DatasetFields> {
  return {
    owner: 'Data engineering',
    schema: APPLICATION_SCHEMA,
    contentDigest: await applicationsDigest(applications),
    rowCount: applications.length,
    classification: 'SPECIAL',
    keys: keysOf(applications),
  };
}
