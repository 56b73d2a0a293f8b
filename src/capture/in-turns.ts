/** Long work in short turns, so that what the database and other clients say meanwhile is not left waiting. */
import { attempt, type PedigreeError } from '../domain/errors.js';

/** Longest turn, in milliseconds: about what the database takes to answer one statement of a batch. */
const TURN_MS = 2;
/** How often the clock is looked at. */
const LOOK_EVERY = 8;

/**
 * `attempt` for each item, in order; between two turns the event loop does everything else that is ready. A batch of a
 * thousand would otherwise keep the transaction that is under way, and with it the log's lock, for as long as it takes.
 */
export async function attemptEach<T, R>(
  items: readonly T[],
  work: (item: T) => R,
): Promise<(R | PedigreeError)[]> {
  const results: (R | PedigreeError)[] = [];
  let began = performance.now();
  for (const item of items) {
    if (results.length % LOOK_EVERY === 0 && performance.now() - began > TURN_MS) {
      await new Promise(setImmediate);
      began = performance.now();
    }
    results.push(attempt(() => work(item)));
  }
  return results;
}
