/** Drift of what a model decides about, declared with the upstream change most likely behind it. */
import { createHash } from 'node:crypto';

import type { AttestationDeclaration, FeatureValue } from '../../domain/declaration.js';
import type { JsonObject } from '../../domain/json.js';
import {
  DRIFT_LIMITS,
  measureDrift,
  type DriftLimits,
  type Excess,
  type FeatureDrift,
} from '../../domain/profile/drift.js';
import type { Profile } from '../../domain/profile/profile.js';
import { attest } from '../attest.js';
import { idOf, type Ref } from '../links.js';
import { Profiler, type ProfilerOptions } from './profiler.js';

/** A decision as it was made: its id and the values that the model saw. */
export interface WatchedDecision {
  readonly id: string;
  readonly features: Readonly<Record<string, FeatureValue>>;
}

/** What separates the drifted decisions from the others, as `rootCause` ranks it. */
export interface LikelyCause {
  readonly artifact: string;
  readonly suspects: number;
  readonly controls: number;
  readonly adjustedPValue: number;
  /** How many other artifacts the same decisions depend on. */
  readonly alike: number;
}

export interface WatchOptions extends ProfilerOptions {
  /** What drifted: the data set that was scored, and the model. */
  readonly about: Ref | readonly Ref[];
  /** What it is compared with: a data set, or an attestation. */
  readonly baseline: Ref;
  readonly occurredAt: number | string;
  readonly author?: string;
  readonly limits?: Partial<DriftLimits>;
  /** Most suspects, and most controls, that are asked about: 200, at most 1,000. */
  readonly most?: number;
}

export interface WatchResult {
  readonly profile: Profile;
  readonly drifts: readonly FeatureDrift[];
  /** By drifted feature: the likeliest causes, the first one first. */
  readonly causes: Readonly<Record<string, readonly LikelyCause[]>>;
  /** What was declared. */
  readonly declared: readonly AttestationDeclaration[];
}

interface Server {
  declare(declaration: AttestationDeclaration): Promise<unknown>;
  query<T>(document: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
}

/** Decisions whose values are kept until it is known which of them are odd: those with the least digests of their ids. */
const KEPT = 5_000;

/**
 * Profiles decisions, compares them with a baseline and declares a `DRIFT` for every feature, whether it is one or not. For
 * a drift, decisions from where the sample has most more than the baseline are the suspects, the others the controls.
 *
 * @example await watchDrift(client, trainingProfile, decisions, { about: [batch, model], baseline: train, occurredAt: Date.now() })
 */
export async function watchDrift(
  server: Server,
  baseline: Profile,
  decisions: Iterable<WatchedDecision> | AsyncIterable<WatchedDecision>,
  options: WatchOptions,
): Promise<WatchResult> {
  const profiler = new Profiler(options);
  const kept = new Sample(KEPT);
  for await (const decision of decisions) {
    profiler.addFeatures(decision.features);
    kept.add(decision);
  }
  const profile = profiler.profile();
  const drifts = measureDrift(baseline, profile, { ...DRIFT_LIMITS, ...options.limits });
  const causes: Record<string, readonly LikelyCause[]> = {};
  for (const drift of drifts.filter(({ drifted }) => drifted)) {
    causes[drift.feature] = await causesOf(server, drift, kept.decisions, options.most ?? 200);
  }
  const declared = drifts.map((drift) => driftStatement(drift, causes[drift.feature] ?? [], options));
  for (const statement of declared) await server.declare(statement);
  return { profile, drifts, causes, declared };
}

/** A `DRIFT` attestation. */
function driftStatement(
  drift: FeatureDrift,
  causes: readonly LikelyCause[],
  { about, occurredAt, author, baseline, limits }: WatchOptions,
): AttestationDeclaration {
  const { feature, of, value, threshold, drifted, counts, jensenShannon } = drift;
  const { test, statistic, pValue, adjustedPValue } = drift;
  return attest({
    type: 'DRIFT',
    about,
    occurredAt,
    fields: {
      ...(author === undefined ? {} : { author }),
      ...{ feature, value, threshold, drifted },
      statistic: of === 'VALUES' ? 'population stability index' : 'difference of missing shares',
      baseline: idOf(baseline),
      sample: {
        ...{ test, statistic, pValue, adjustedPValue },
        ...(jensenShannon === undefined ? {} : { jensenShannon }),
        alpha: limits?.alpha ?? DRIFT_LIMITS.alpha,
        correction: 'Benjamini–Hochberg',
        baselineCount: counts[0],
        sampleCount: counts[1],
      },
      ...(causes.length === 0 ? {} : { causes: causes as unknown as JsonObject[] }),
    },
  });
}

const QUERY = `query ($suspects: [ID!]!, $controls: [ID!]!) {
  rootCause(suspects: $suspects, controls: $controls, first: 5) {
    candidates { artifact { id } suspects controls adjustedPValue alike }
  }
}`;

interface Answer {
  readonly rootCause: {
    readonly candidates: readonly (Omit<LikelyCause, 'artifact'> & {
      readonly artifact: { readonly id: string };
    })[];
  };
}

async function causesOf(
  server: Server,
  { feature, of, excess }: FeatureDrift,
  decisions: readonly WatchedDecision[],
  most: number,
): Promise<LikelyCause[]> {
  const isOdd = ({ features }: WatchedDecision): boolean => {
    const value = features[feature]?.value;
    return of === 'MISSING' ? value === undefined : excess !== undefined && liesIn(excess, value);
  };
  const suspects = decisions.filter(isOdd).slice(0, most);
  const controls = decisions.filter((decision) => !isOdd(decision)).slice(0, most);
  if (suspects.length === 0 || controls.length === 0) return [];
  const ids = (list: readonly WatchedDecision[]): string[] => list.map(({ id }) => id);
  const { rootCause } = await server.query<Answer>(QUERY, {
    suspects: ids(suspects),
    controls: ids(controls),
  });
  return rootCause.candidates.map(({ artifact, ...rest }) => ({ artifact: artifact.id, ...rest }));
}

function liesIn(excess: Excess, value: unknown): boolean {
  if ('category' in excess) return String(value) === excess.category;
  if (typeof value !== 'number') return false;
  return value > (excess.from ?? -Infinity) && value <= (excess.to ?? Infinity);
}

/** The decisions with the least digests of their ids: the same ones, in whatever order they come. */
class Sample {
  private kept: { readonly order: string; readonly decision: WatchedDecision }[] = [];

  constructor(private readonly size: number) {}

  add(decision: WatchedDecision): void {
    this.kept.push({ order: createHash('sha256').update(decision.id).digest('hex'), decision });
    if (this.kept.length >= 2 * this.size) this.cut();
  }

  get decisions(): WatchedDecision[] {
    this.cut();
    return this.kept.map(({ decision }) => decision);
  }

  private cut(): void {
    this.kept.sort((a, b) => (a.order < b.order ? -1 : 1));
    this.kept = this.kept.slice(0, this.size);
  }
}
