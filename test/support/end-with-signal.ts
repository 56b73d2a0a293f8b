/**
 * A benchmark or a torture run that is ended by a signal takes what it started with it. Without this a Neo4j of its own
 * would run on for ever, and nobody would know whose it is.
 */
import { constants } from 'node:os';

type Stop = () => Promise<void>;

const stops: Stop[] = [];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** From now on a signal ends what this says, what was begun last first, and then the process. Gives what takes it back. */
export function endWithSignal(stop: Stop): () => void {
  if (stops.length === 0) for (const signal of SIGNALS) process.once(signal, endAll);
  stops.unshift(stop);
  return () => {
    const place = stops.indexOf(stop);
    if (place !== -1) stops.splice(place, 1);
    if (stops.length === 0) for (const signal of SIGNALS) process.off(signal, endAll);
  };
}

function endAll(signal: NodeJS.Signals): void {
  // A failure to stop one is no reason to leave the others running.
  const ended = stops
    .splice(0)
    .reduce((before, stop) => before.then(stop).catch(() => undefined), Promise.resolve());
  void ended.then(() => process.exit(128 + constants.signals[signal]));
}
