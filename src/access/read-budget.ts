/**
 * How much each token may ask in a minute, in units of a query's cost, counted in this process: with several servers on
 * one database, each has a budget of its own. What is refused costs nothing, so asking again too early delays nobody.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { PedigreeError } from '../domain/errors.js';
import type { Principal } from './principal.js';

const SECONDS = 60;

/** Whose budget it is. */
type BudgetHolder = Pick<Principal, 'tokenId' | 'grant'>;

export class ReadBudget {
  /** By their limit: few grants have one of their own. */
  private readonly limiters = new Map<number, RateLimiterMemory>();

  /** @param limit units a minute for one token; 0 for no limit */
  constructor(private readonly limit: number) {}

  /** Takes what a question costs. Error: `RATE_LIMITED`, with the cost, the limit, what was spent, and when to come back. */
  async take(reader: BudgetHolder, cost: number): Promise<void> {
    const limit = this.limitOf(reader);
    if (limit === 0 || cost === 0) return;
    const limiter = this.limiterOf(limit);
    try {
      await limiter.consume(reader.tokenId, cost);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await limiter.reward(reader.tokenId, cost);
      throw refusal(limit, cost, error);
    }
  }

  /** Takes what could not be known beforehand: it may go beyond the limit, and then the next question waits for it. */
  async charge(reader: BudgetHolder, cost: number): Promise<void> {
    const limit = this.limitOf(reader);
    if (limit > 0 && cost > 0) await this.limiterOf(limit).penalty(reader.tokenId, cost);
  }

  /** A grant may be given less than everybody has, never more. */
  private limitOf({ grant }: BudgetHolder): number {
    const own = grant?.budget;
    if (own === undefined) return this.limit;
    return this.limit === 0 ? own : Math.min(own, this.limit);
  }

  private limiterOf(limit: number): RateLimiterMemory {
    const known = this.limiters.get(limit);
    if (known) return known;
    const limiter = new RateLimiterMemory({ points: limit, duration: SECONDS });
    this.limiters.set(limit, limiter);
    return limiter;
  }
}

function refusal(
  limit: number,
  cost: number,
  { consumedPoints, msBeforeNext }: RateLimiterRes,
): PedigreeError {
  const used = consumedPoints - cost;
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new PedigreeError(
    'RATE_LIMITED',
    `a token may ask for at most ${String(limit)} units of cost a minute, but got: ${String(cost)} beside the ` +
      `${String(used)} that it has used; come back in ${String(retryAfterSeconds)} s`,
    { unit: 'cost', cost, limit, used, retryAfterSeconds },
  );
}
