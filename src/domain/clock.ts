/** The source of time: milliseconds since the Unix epoch, UTC. A test sets its own. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** Largest time that JavaScript and Neo4j both represent, in milliseconds since the Unix epoch. */
export const MAX_TIME = 8_640_000_000_000_000;
