/** Chapter two, the work itself: three deliveries, one of them converted wrongly, united and decided. */
import { contentDigestOf } from '../../src/sdk/index.js';
import type { Step } from '../code-versions.js';
import { readProjectFile } from '../files.js';
import type { Application, DeliveredRow } from '../steps/application.js';
import { checkContract, type ContractCheck } from '../steps/check-contract.js';
import { computeFeatures, type FeatureRow } from '../steps/compute-features.js';
import { convertDeliveryForDisplay } from '../steps/convert-delivery-percent.js';
import { convertDelivery } from '../steps/convert-delivery.js';
import { measureDrift, type DriftMeasure } from '../steps/measure-drift.js';
import { readDelivery } from '../steps/read-delivery.js';
import { scoreApplication, type Decision } from '../steps/score-application.js';
import { uniteDeliveries } from '../steps/unite-deliveries.js';
import type { ModelWork } from './model-work.js';

interface Branch {
  readonly name: 'north' | 'south' | 'west';
  readonly step: Step;
  readonly convert: (rows: readonly DeliveredRow[]) => Application[];
}

const BRANCHES: readonly Branch[] = [
  { name: 'north', step: 'convert-delivery', convert: convertDelivery },
  { name: 'south', step: 'convert-delivery', convert: convertDelivery },
  { name: 'west', step: 'convert-delivery-percent', convert: convertDeliveryForDisplay },
];

export interface Delivery {
  readonly branch: Branch;
  readonly file: string;
  readonly digest: string;
  readonly rows: readonly DeliveredRow[];
  readonly check: ContractCheck;
  readonly converted: readonly Application[];
}

export interface BatchWork {
  readonly deliveries: readonly Delivery[];
  readonly united: readonly Application[];
  readonly features: readonly FeatureRow[];
  readonly decisions: readonly Decision[];
  readonly drift: readonly DriftMeasure[];
  /** Applications that were approved in chapter one and are denied now, and those that are decided as before. */
  readonly flipped: readonly number[];
  readonly unchanged: readonly number[];
}

export async function doBatchWork({ model, split, decisions: earlier }: ModelWork): Promise<BatchWork> {
  const deliveries = await Promise.all(BRANCHES.map(receive));
  const united = uniteDeliveries(deliveries.map(({ converted }) => converted));
  const features = computeFeatures(united);
  const decisions = features.map((row) => scoreApplication(model, row));
  const before = new Map(earlier.map(({ row, outcome }) => [row, outcome]));
  const changed = ({ row, outcome }: Decision): boolean =>
    outcome === 'DENY' && before.get(row) === 'APPROVE';
  return {
    deliveries,
    united,
    features,
    decisions,
    drift: measureDrift(split.train, features),
    flipped: decisions.filter(changed).map(({ row }) => row),
    unchanged: decisions.filter(({ row, outcome }) => before.get(row) === outcome).map(({ row }) => row),
  };
}

async function receive(branch: Branch): Promise<Delivery> {
  const file = `demo/data/delivery-${branch.name}.csv`;
  const csv = readProjectFile(file);
  const rows = readDelivery(csv);
  return {
    branch,
    file,
    digest: await contentDigestOf([csv]),
    rows,
    check: checkContract(rows),
    converted: branch.convert(rows),
  };
}
