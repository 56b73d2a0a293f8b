export { lockDataDir } from './data-dir-lock.js';
export { diskReserve } from './disk-reserve.js';
export { startEmbeddedNeo4j } from './embedded-neo4j.js';
export type { RunningNeo4j } from './embedded-neo4j.js';
export { findDatabase } from './find-database.js';
export type { DatabaseSearch } from './find-database.js';
