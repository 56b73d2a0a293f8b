/**
 * How much each token may ask in a minute, in units of a query's cost, counted in this process: with several servers on
 * one database, each has a budget of its own. What is refused costs nothing, so asking again too early delays nobody.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { PedigreeError } from '../domain/errors.js';

const SECONDS = 60;

export class ReadBudget {
  private readonly limiter: RateLimiterMemory;

  /** @param limit units a minute for one token; 0 for no limit */
  constructor(private readonly limit: number) {
    this.limiter = new RateLimiterMemory({ points: Math.max(limit, 1), duration: SECONDS });
  }

  /** Takes what a question costs. Error: `RATE_LIMITED`, with the cost, the limit, what was spent, and when to come back. */
  async take(token: string, cost: number): Promise<void> {
    if (this.limit === 0 || cost === 0) return;
    try {
      await this.limiter.consume(token, cost);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await this.limiter.reward(token, cost);
      throw this.refusal(cost, error);
    }
  }

  /** Takes what could not be known beforehand: it may go beyond the limit, and then the next question waits for it. */
  async charge(token: string, cost: number): Promise<void> {
    if (this.limit > 0 && cost > 0) await this.limiter.penalty(token, cost);
  }

  private refusal(cost: number, { consumedPoints, msBeforeNext }: RateLimiterRes): PedigreeError {
    const [limit, used] = [this.limit, consumedPoints - cost];
    const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    return new PedigreeError(
      'RATE_LIMITED',
      `a token may ask for at most ${String(limit)} units of cost a minute, but got: ${String(cost)} beside the ` +
        `${String(used)} that it has used; come back in ${String(retryAfterSeconds)} s`,
      { unit: 'cost', cost, limit, used, retryAfterSeconds },
    );
  }
}
