/** How much memory a piece of work holds: what is left after garbage collections while it runs. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 100;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** The most that was held at once beyond what was held before, in MiB: objects, strings and buffers. */
export async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const before = held();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, held());
  }, EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most - before, 0) / 1_048_576;
}

function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
