/**
 * What impact costs when there are many decisions, at the door of the service, on a database of its own: the count with a
 * million decisions beside the count with ten thousand, pages beside a point lookup, a window of time beside the count.
 */
import { join } from 'node:path';

import { CursorSealer } from '../src/access/cursor.js';
import { StoredDecisions } from '../src/lineage/decision-source.js';
import { StoredGraphs } from '../src/lineage/lineage-graph.js';
import { ImpactService, type ImpactedArgs } from '../src/lineage/impact-service.js';
import { startEmbeddedNeo4j } from '../src/neo4j/index.js';
import { Database } from '../src/store/database.js';
import { EmbeddedKeyStore } from '../src/store/keys/embedded-key-store.js';
import { LineageReader } from '../src/store/lineage-reader.js';
import { load, rootOf, START, type Scale } from './impact-data/load.js';
import type { BenchContext } from './main.js';
import { compare, timed } from './measure.js';
import type { Figure } from './report.js';

/** These questions are asked of a service: nobody keeps a record. */
const unrecorded = (): void => undefined;

const FEW: Scale = { name: 'few', decisions: 10_000 };
const MANY: Scale = { name: 'many', decisions: 1_000_000 };
const RUNS = 31;

export async function run({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const neo4j = await startEmbeddedNeo4j({ dataDir: workDir, log, heapMb: 1536 });
  const keyStore = new EmbeddedKeyStore(join(workDir, 'keys'));
  const database = await Database.connect({ ...neo4j, timeoutMs: 600_000 });
  try {
    await load(database, keyStore, [FEW, MANY], log);
    return await figures(database, keyStore);
  } finally {
    await database.close();
    await keyStore.close();
    await neo4j.stop();
  }
}

async function figures(database: Database, keyStore: EmbeddedKeyStore): Promise<Figure[]> {
  const impact = new ImpactService(
    new StoredGraphs(database),
    new StoredDecisions(database, keyStore),
    new CursorSealer(new Uint8Array(32)),
  );
  return [...(await countFigures(impact)), ...(await pageFigures(impact, database))];
}

async function countFigures(impact: ImpactService): Promise<Figure[]> {
  const count = async (scale: Scale, window: { from?: number; to?: number } = {}): Promise<number> => {
    const { decisions } = await impact.impact({ of: rootOf(scale), ...window }, unrecorded);
    return (await decisions()).total;
  };
  for (const scale of [FEW, MANY]) {
    const total = await count(scale);
    if (total !== scale.decisions) throw new Error(`${scale.name}: counted ${String(total)}`);
  }
  // A tenth of the million.
  const window = { from: START, to: START + MANY.decisions * 100 };
  return [
    await compare({
      name: 'count, 1M decisions over 10k, ms',
      ours: () => timed(() => count(MANY)),
      reference: () => timed(() => count(FEW)),
      runs: RUNS,
      bar: { atMost: 1.3 },
    }),
    await compare({
      name: 'count of a window of 100k over the count, ms',
      ours: () => timed(() => count(MANY, window)),
      reference: () => timed(() => count(MANY)),
      runs: 7,
    }),
  ];
}

async function pageFigures(impact: ImpactService, database: Database): Promise<Figure[]> {
  const page = { of: rootOf(MANY), order: 'NEWEST_FIRST', first: 100 } as const;
  const middle = { ...page, to: START + MANY.decisions * 500 };
  const after = (await impact.decisions(middle, 'bench', unrecorded)).endCursor;
  const graph = new LineageReader(database);
  const pages: [string, ImpactedArgs][] = [
    ['first page of 100 of 1M over a lookup, ms', page],
    ['page of 100 in the middle over a lookup, ms', { ...middle, after }],
  ];
  const measured: Figure[] = [];
  for (const [name, args] of pages) {
    measured.push(
      await compare({
        name,
        ours: () => timed(() => impact.decisions(args, 'bench', unrecorded)),
        reference: () => timed(() => graph.nodes(['prediction:bench/many@500000'], Number.MAX_SAFE_INTEGER)),
        runs: RUNS,
        bar: { atMost: 20 },
      }),
    );
  }
  return measured;
}
