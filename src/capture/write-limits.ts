/**
 * How much each token may write: items and bytes a second, counted in this process. A request is let in while anything
 * is left, however large it is, and what it takes beyond that is paid off before the next one: so no limit is too small
 * for a list that the server takes, and on average nobody is faster than the limit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PedigreeError } from '../domain/errors.js';

/** Limits for one token; 0 switches a limit off. */
export interface WriteRates {
  readonly itemsPerSecond: number;
  readonly bytesPerSecond: number;
}

export interface WriteCost {
  readonly items: number;
  readonly bytes: number;
}

interface Limit {
  readonly unit: keyof WriteCost;
  readonly perSecond: number;
  readonly limiter: RateLimiterMemory;
}

export class WriteLimits {
  private readonly limits: readonly Limit[];

  constructor({ itemsPerSecond, bytesPerSecond }: WriteRates) {
    this.limits = [...limitOf('items', itemsPerSecond), ...limitOf('bytes', bytesPerSecond)];
  }

  /** Takes what a request costs. Error: `RATE_LIMITED`, with the limit, what was used of it, and when to come back. */
  async take(token: string, cost: WriteCost): Promise<void> {
    const refusal = await this.refusalOf(token);
    if (refusal) throw refusal.error;
    await this.charge(token, cost);
  }

  /** The same for what cannot be refused any more: waits until it may be taken, or the signal says that nobody waits. */
  async takeSlowly(token: string, cost: WriteCost, signal?: AbortSignal): Promise<void> {
    for (let refusal = await this.refusalOf(token); refusal; refusal = await this.refusalOf(token)) {
      await sleep(refusal.ms, undefined, signal ? { signal } : {});
    }
    await this.charge(token, cost);
  }

  private async refusalOf(
    token: string,
  ): Promise<{ readonly ms: number; readonly error: PedigreeError } | undefined> {
    for (const limit of this.limits) {
      const state = await limit.limiter.get(token);
      if (!state || state.consumedPoints < limit.perSecond || state.msBeforeNext <= 0) continue;
      return {
        ms: state.msBeforeNext,
        error: rateLimited(limit, state.consumedPoints, state.msBeforeNext),
      };
    }
    return undefined;
  }

  private async charge(token: string, cost: WriteCost): Promise<void> {
    for (const { unit, perSecond, limiter } of this.limits) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(token, cost[unit]);
      const debt = consumedPoints - perSecond;
      if (debt > 0) await limiter.set(token, consumedPoints, msBeforeNext / 1000 + debt / perSecond);
    }
  }
}

function limitOf(unit: keyof WriteCost, perSecond: number): Limit[] {
  if (perSecond === 0) return [];
  return [{ unit, perSecond, limiter: new RateLimiterMemory({ points: perSecond, duration: 1 }) }];
}

function rateLimited({ unit, perSecond }: Limit, used: number, ms: number): PedigreeError {
  const retryAfterSeconds = Math.ceil(ms / 1000);
  return new PedigreeError(
    'RATE_LIMITED',
    `a token may write at most ${String(perSecond)} ${unit} a second, but this one sent: ${String(used)}; ` +
      `come back in ${String(retryAfterSeconds)} s`,
    { unit, limit: perSecond, used, retryAfterSeconds },
  );
}
