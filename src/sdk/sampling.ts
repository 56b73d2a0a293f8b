/**
 * Which decisions carry their feature values. Every decision is declared; a policy says only what is left out of it, and
 * is declared with it as `extra.sampling`, so that a missing value is known to be policy and not loss.
 */
import type { PredictionArgs } from './builders.js';
import { sha256Hex } from './content-digest.js';

/**
 * `full`: every value. `skeleton`: no feature value at all. A rate from 0 to 1: the share of decisions that carry
 * their values; which ones, their ids decide, so that a retry and another process decide alike.
 */
export type SamplingPolicy = 'full' | 'skeleton' | { readonly rate: number };

/** The arguments as the policy lets them through, with the policy and how many feature values it left out. */
export function applySampling(args: PredictionArgs, id: string, policy: SamplingPolicy): PredictionArgs {
  const { features, ...rest } = args;
  const keep = keepsValues(id, policy);
  const said = typeof policy === 'string' ? { policy } : { policy: 'rate', rate: policy.rate };
  const omitted = keep || features === undefined ? 0 : Object.keys(features).length;
  return {
    ...rest,
    ...(keep && features !== undefined ? { features } : {}),
    extra: { ...rest.extra, sampling: { ...said, omitted } },
  };
}

/** True if the first 32 bits of the id's SHA-256, as a fraction, lie below the rate. */
function keepsValues(id: string, policy: SamplingPolicy): boolean {
  if (typeof policy === 'string') return policy === 'full';
  return Number.parseInt(sha256Hex(id).slice(0, 8), 16) / 2 ** 32 < policy.rate;
}

/** Errors: `RangeError` for a rate outside of 0 to 1. */
export function checkSampling(policy: SamplingPolicy): SamplingPolicy {
  if (typeof policy === 'string' || (policy.rate >= 0 && policy.rate <= 1)) return policy;
  throw new RangeError(`a sampling rate must be from 0 to 1, but got: ${policy.rate}`);
}
