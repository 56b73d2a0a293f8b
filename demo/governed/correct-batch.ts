/** Puts right what the faulty conversion did: the delivery is converted by the code of the other branches, and decided again. */
import {
  attest,
  inNamespace,
  parseUrn,
  type ArtifactDeclaration,
  type Declaration,
} from '../../src/sdk/index.js';
import { codeVersions, environment } from '../code-versions.js';
import { computeFeatures } from '../steps/compute-features.js';
import { convertDelivery } from '../steps/convert-delivery.js';
import { scoreApplication, type Decision } from '../steps/score-application.js';
import type { Story } from '../story.js';
import type { Affected } from './questions.js';

export interface Correction {
  readonly declarations: readonly Declaration[];
  readonly decisions: number;
  /** Decisions whose outcome is another one now. */
  readonly changed: number;
}

/** When the corrections were made: the day after the incident. */
const DAY = '2026-06-17';
const at = (hour: string): string => `${DAY}T${hour}:00Z`;

const { dataset, transform, prediction } = inNamespace('mortgage');

/** New decisions for all that were affected, each linked to the earlier one by a `CORRECTS`. */
export async function correctBatch(story: Story, { of, decisions: affected }: Affected): Promise<Correction> {
  const { one, two, cast } = story;
  const delivery = two.deliveries.find(({ branch }) => of.includes(`-${branch.name}@`));
  if (!delivery) throw new Error(`no delivery was converted by ${of}`);
  const edition = parseUrn(of).version.split('.').at(-1) ?? '';
  const tables = await tellTables(story, delivery.branch.name, edition);
  const earlier = new Map(affected.map((id) => [rowOf(id), id]));
  const again = computeFeatures(convertDelivery(delivery.rows)).map((row) =>
    scoreApplication(one.model, row),
  );
  const outcomes = new Map(two.decisions.map(({ row, outcome }) => [row, outcome]));
  const links = again.flatMap((decision, i) => {
    const wrong = earlier.get(decision.row);
    return wrong === undefined
      ? []
      : tellDecision(decision, i, { wrong, model: cast.model, edition, features: tables.features });
  });
  return {
    declarations: [...tables.declarations, ...links],
    decisions: links.length / 2,
    changed: again.filter(({ row, outcome }) => earlier.has(row) && outcome !== outcomes.get(row)).length,
  };
}

interface Corrected {
  readonly wrong: string;
  readonly model: string;
  readonly edition: string;
  readonly features: ArtifactDeclaration<'Dataset'>;
}

function tellDecision(
  { row, outcome, score, baseValue, features: values }: Decision,
  position: number,
  { wrong, model, edition, features }: Corrected,
): Declaration[] {
  const source = { dataset: features.id, row: [row] };
  const right = prediction({
    name: 'decision',
    version: `corrected-${String(row)}.${edition}`,
    occurredAt: Date.parse(at('10:00')) + position * 1_000,
    ...{ outcome, score, baseValue, model, mode: 'LIVE' },
    subjects: [`applicant-${String(row)}`],
    scored: { to: features, row: [row] },
    features: Object.fromEntries(
      values.map(({ name, value, contribution }) => [name, { value, contribution, source }]),
    ),
  });
  const link = attest({
    type: 'CORRECTS',
    about: wrong,
    occurredAt: at('11:00'),
    subjects: [`applicant-${String(row)}`],
    fields: {
      from: wrong,
      to: right.id,
      reason: 'The loan-to-value ratio was handed to the model in percent instead of as a fraction.',
      author: 'Credit risk',
    },
  });
  return [right, link];
}

/** The delivery converted again, and its features. */
async function tellTables(
  { scenes, cast }: Story,
  branch: string,
  edition: string,
): Promise<{ features: ArtifactDeclaration<'Dataset'>; declarations: Declaration[] }> {
  const code = await codeVersions();
  const version = `${DAY}-corrected.${edition}`;
  const raw = `dataset:mortgage/delivery-${branch}-raw@2026-06-15.${edition}`;
  const inputs = scenes.flatMap(({ declarations }) => declarations).filter(({ id }) => cast.model === id);
  const uses = inputs.flatMap(({ edges = [] }) =>
    edges.flatMap(({ type, to }) => (type === 'USES' ? [to] : [])),
  );
  const common = { version, environment: environment() };
  const conversion = transform({
    ...common,
    name: `convert-delivery-${branch}`,
    occurredAt: at('08:00'),
    code: code['convert-delivery'],
    reads: raw,
  });
  const converted = dataset({
    ...{ name: `delivery-${branch}`, version, occurredAt: at('08:05') },
    producedBy: { to: conversion, rows: [{ from: raw, mode: 'SAME_KEYS' }] },
  });
  const computation = transform({
    ...common,
    name: 'compute-features',
    occurredAt: at('08:10'),
    code: code['compute-features'],
    reads: converted,
    applied: uses,
  });
  const features = dataset({
    ...{ name: `batch-features-${branch}`, version, occurredAt: at('08:15') },
    producedBy: { to: computation, rows: [{ from: converted, mode: 'SAME_KEYS' }] },
  });
  return { features, declarations: [conversion, converted, computation, features] };
}

/** The row that a decision of the batch is about: its version is `b2-ROW.EDITION`. */
function rowOf(id: string): number {
  return Number(/^b2-(\d+)\./.exec(parseUrn(id).version)?.[1]);
}
