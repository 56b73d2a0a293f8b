/**
 * The third chapter: how the faulty batch would have been stopped, how it is noticed where it was not, whom it hit, and how
 * that is put right. Everything over the public interface, on top of the first two chapters.
 */
import {
  contractDeclaration,
  ContractBroken,
  gateContract,
  parseContract,
  parseContractYaml,
  PedigreeClient,
  Profiler,
  profileStatement,
  watchDrift,
  type ContractOutcome,
  type Declaration,
  type LikelyCause,
} from '../../src/sdk/index.js';
import { CALENDAR } from '../calendar.js';
import { codeVersions, environment } from '../code-versions.js';
import { readProjectFile } from '../files.js';
import type { FeatureRow } from '../steps/compute-features.js';
import { FEATURE_NAMES } from '../steps/compute-features.js';
import { writeStory, type Story } from '../story.js';
import { correctBatch } from './correct-batch.js';
import { findAffected, readReport, type Affected } from './questions.js';

export interface GovernedBatchOptions {
  readonly url: string;
  /** A token that may write in the namespace `mortgage`. */
  readonly writer: string;
  /** A token that may read personal values: rows are followed by it. */
  readonly auditor: string;
  readonly log: (line: string) => void;
}

export interface GovernedBatchResult {
  /** How the batch breaks its contract before it is scored. */
  readonly gate: ContractOutcome;
  /** Features that drifted among the batch's decisions, and what separates those decisions from the others. */
  readonly drifted: readonly string[];
  readonly causes: readonly LikelyCause[];
  readonly affected: Affected;
  /** New decisions, each linked to the one that it corrects, and those whose outcome is another. */
  readonly corrected: { readonly decisions: number; readonly changed: number };
  /** What changed about the batch, as Markdown. */
  readonly report: string;
}

/** Errors: those of the SDK; and one that says which part of the story did not come about. */
export async function runGovernedBatch({
  url,
  log,
  ...tokens
}: GovernedBatchOptions): Promise<GovernedBatchResult> {
  const writer = new PedigreeClient({ url, token: tokens.writer });
  const auditor = new PedigreeClient({ url, token: tokens.auditor });
  try {
    const story = await writeStory(await codeVersions(), environment());
    const since = await treeSize(auditor);
    const gate = await stopAtGate(writer, story);
    log(
      `The contract stops the batch: ${String(gate.rowsFailed)} of ${String(gate.rowsChecked)} rows break it`,
    );
    const { drifted, causes } = await noticeDrift(writer, auditor, story);
    log(
      `Without the gate, drift is noticed in ${drifted.join(', ')}; first among its causes: ${causes[0]?.artifact ?? 'nothing'}`,
    );
    const affected = await findAffected(auditor, causes[0]?.artifact ?? '');
    log(`${String(affected.total)} decisions depend on it, ${affected.precision}`);
    const correction = await correctBatch(story, affected);
    const { refused } = await writer.declareAll(correction.declarations);
    if (refused > 0) throw new Error(`${String(refused)} corrections were refused`);
    const { decisions, changed } = correction;
    log(`${String(decisions)} decisions are made again and linked; ${String(changed)} come out otherwise`);
    const report = await readReport(auditor, story.cast.batch, since);
    return { gate, drifted, causes, affected, corrected: { decisions, changed }, report };
  } finally {
    await Promise.all([writer.close(), auditor.close()]);
  }
}

async function treeSize(client: PedigreeClient): Promise<string> {
  const { log } = await client.query<{ log: { treeSize: string } }>('{ log { treeSize } }');
  return log.treeSize;
}

/** The batch before it is scored: the gate declares what is wrong with it, and lets nobody go on. */
async function stopAtGate(client: PedigreeClient, { scenes, two }: Story): Promise<ContractOutcome> {
  const contract = parseContract(parseContractYaml(readProjectFile('demo/data/applications.odcs.yaml')));
  const batch = idOf(scenes, 'dataset:mortgage/applications-batch@');
  const at = Date.parse(CALENDAR.batchFeatures);
  await client.declare(contractDeclaration(contract, { about: batch, occurredAt: CALENDAR.approval }));
  try {
    await gateContract(client, contract, two.united as unknown as Iterable<Record<string, unknown>>, {
      ...{ about: batch, occurredAt: at, at, before: 'SCORING', author: 'Data engineering' },
    });
  } catch (error) {
    if (error instanceof ContractBroken) return error.outcome;
    throw error;
  }
  throw new Error('the batch keeps its contract: there is no story to tell');
}

async function noticeDrift(
  writer: PedigreeClient,
  auditor: PedigreeClient,
  { one, two, scenes, cast }: Story,
): Promise<{ drifted: string[]; causes: readonly LikelyCause[] }> {
  const decisions = decisionsOf(scenes);
  const train = idOf(scenes, 'dataset:mortgage/application-features-train@');
  const profiler = new Profiler();
  for (const row of one.split.train) profiler.add(valuesOf(row));
  const baseline = profiler.profile();
  await writer.declare(profileStatement(baseline, { about: train, occurredAt: CALENDAR.training }));
  const { drifts, causes, profile } = await watchDrift(
    {
      declare: (declaration) => writer.declare(declaration),
      query: (document, variables) => auditor.query(document, variables),
    },
    baseline,
    two.decisions.map(({ features }, i) => ({
      id: decisions[i] ?? '',
      features: Object.fromEntries(features.map(({ name, value }) => [name, { value }])),
    })),
    {
      about: [cast.batch, cast.model],
      baseline: train,
      occurredAt: CALENDAR.drift,
      author: 'Model monitoring',
    },
  );
  await writer.declare(profileStatement(profile, { about: cast.batch, occurredAt: CALENDAR.drift }));
  const drifted = drifts.filter((drift) => drift.drifted).map(({ feature }) => feature);
  return { drifted, causes: causes[drifted[0] ?? ''] ?? [] };
}

function valuesOf({ values }: FeatureRow): Record<string, number> {
  return Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, values[i] ?? Number.NaN]));
}

function declarationsOf(scenes: Story['scenes']): Declaration[] {
  return scenes.flatMap(({ declarations }) => declarations);
}

function idOf(scenes: Story['scenes'], prefix: string): string {
  const found = declarationsOf(scenes).find(({ id }) => id.startsWith(prefix));
  if (found) return found.id;
  throw new Error(`the story has no ${prefix}`);
}

/** The decisions of chapter two, in the order of its rows. */
function decisionsOf(scenes: Story['scenes']): string[] {
  return declarationsOf(scenes).flatMap(({ id }) =>
    id.startsWith('prediction:mortgage/decision@b2-') ? [id] : [],
  );
}
