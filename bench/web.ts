/**
 * The explorer in a real Chromium: how long a drawing takes after its data arrived, what happens to it when more is loaded,
 * and whether the page of a model with a million decisions opens as one with a single decision. The column "reference" of
 * most figures is the bar itself.
 */
import { join } from 'node:path';

import { readConfig } from '../src/app/config.js';
import { startServer } from '../src/app/server.js';
import { startEmbeddedNeo4j } from '../src/neo4j/index.js';
import { Database } from '../src/store/database.js';
import { EmbeddedKeyStore } from '../src/store/keys/embedded-key-store.js';
import { openBrowser } from '../test/support/browser.js';
import { writeGraph } from './graphs/graph.js';
import { network } from './graphs/network.js';
import { load, modelOf, type Scale } from './impact-data/load.js';
import type { BenchContext } from './main.js';
import { compare, median } from './measure.js';
import type { Figure } from './report.js';
import { bytesOfFirstPage } from './web/first-page.js';
import { expandMs, longestTaskWhilePanning, Reader, wholeMs } from './web/reader.js';

const ONE: Scale = { name: 'one', decisions: 1, models: 1 };
const MANY: Scale = { name: 'many', decisions: 1_000_000, models: 1 };
const RUNS = 5;

/** Names of the graphs, artifacts in each, and how wide a layer is. */
const GRAPHS = [
  ['n600', 600, 30],
  ['n3000', 3_000, 100],
  ['n1500', 1_500, 50],
  ['n12000', 12_000, 300],
] as const;

/** `--items` is the number of decisions of the large model, a million if left out. */
export async function run({ workDir, log, items }: BenchContext): Promise<readonly Figure[]> {
  const neo4j = await startEmbeddedNeo4j({ dataDir: workDir, log });
  try {
    const { uri, user, password } = neo4j;
    const config = readConfig({
      ...{ NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password },
      ...{ PEDIGREE_PORT: '0', PEDIGREE_DATA_DIR: workDir, PEDIGREE_READ_BUDGET: '0' },
      ...{ PEDIGREE_KEYS_DIR: join(workDir, 'keys'), PEDIGREE_LOG_LEVEL: 'silent' },
    });
    await write(neo4j, workDir, { ...MANY, decisions: items ?? MANY.decisions }, log);
    const server = await startServer(config, { log });
    const browser = await openBrowser();
    try {
      const reader = await Reader.open(
        browser,
        server.url,
        await server.tokens.sign({ name: 'bench', role: 'reader' }),
      );
      return await figures(reader);
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await neo4j.stop();
  }
}

async function write(
  neo4j: { uri: string; user: string; password: string },
  workDir: string,
  many: Scale,
  log: BenchContext['log'],
): Promise<void> {
  const keyStore = new EmbeddedKeyStore(join(workDir, 'keys'));
  const database = await Database.connect({ ...neo4j, timeoutMs: 600_000 });
  try {
    await load(database, keyStore, [ONE, many], log);
    for (const [name, count, width] of GRAPHS) {
      log(`writing ${String(count)} artifacts in layers of ${String(width)}`);
      await writeGraph(database.driver, network(name, count, width));
    }
  } finally {
    await database.close();
    await keyStore.close();
  }
}

async function figures(reader: Reader): Promise<Figure[]> {
  const many = await reader.explore(lineageOf('n12000', '&depth=all&most=10000'));
  await many.page.close();
  return [
    await layoutFigure(
      reader,
      '600 boxes on the screen after their data, ms',
      lineageOf('n600', '&depth=all'),
      600,
      1_000,
    ),
    await wholeFigure(reader),
    await layoutFigure(
      reader,
      '3,000 boxes on the screen after their data, ms',
      lineageOf('n3000', '&depth=all&most=10000'),
      3_000,
      3_000,
    ),
    ...(await expandFigures(reader)),
    await panFigure(reader),
    barFigure('artifacts sent of a lineage of 12,000', many.sent, 10_000),
    barFigure('JavaScript of the first page, KB gzip', bytesOfFirstPage() / 1024, 300),
    ...(await openFigures(reader)),
  ];
}

function lineageOf(graph: string, search: string): string {
  const of = `dataset:bench/${graph}-0@1`;
  return `/explore?of=${encodeURIComponent(of)}&direction=DOWNSTREAM${search}`;
}

async function layoutFigure(
  reader: Reader,
  name: string,
  path: string,
  boxes: number,
  bar: number,
): Promise<Figure> {
  const once = async (): Promise<number> => {
    const drawn = await reader.explore(path);
    await drawn.page.close();
    if (drawn.boxes !== boxes) throw new Error(`${path}: ${String(drawn.boxes)} boxes`);
    return drawn.layoutMs;
  };
  return compare({ name, ours: once, reference: () => Promise.resolve(bar), runs: RUNS, bar: { atMost: 1 } });
}

/** A large drawing begins with a part of it; here all of it is wanted at once, too small to be read. */
async function wholeFigure(reader: Reader): Promise<Figure> {
  const once = async (): Promise<number> => {
    const { page, boxes } = await reader.explore(lineageOf('n600', '&depth=all'));
    const took = await wholeMs(page, boxes);
    await page.close();
    return took;
  };
  const name = 'all 600 boxes made at once after “fit view”, ms';
  return compare({
    name,
    ours: once,
    reference: () => Promise.resolve(1_000),
    runs: RUNS,
    bar: { atMost: 1 },
  });
}

/** One of the farthest of 1,001 boxes: those beyond it are not loaded. */
const EDGE = 'dataset:bench/n1500-975@1';

/** 1,001 boxes, and one of the farthest is expanded. */
async function expandFigures(reader: Reader): Promise<Figure[]> {
  const times: { whole: number; layout: number }[] = [];
  const once = async (): Promise<number> => {
    const { page, boxes } = await reader.explore(
      lineageOf('n1500', `&depth=20&focus=${encodeURIComponent(EDGE)}`),
    );
    if (boxes !== 1_001) throw new Error(`${String(boxes)} boxes to begin with`);
    times.push(await expandMs(page, 'Load the effects of n1500-975'));
    await page.close();
    return times.at(-1)?.layout ?? Number.NaN;
  };
  const bar =
    (value: number): (() => Promise<number>) =>
    () =>
      Promise.resolve(value);
  const drawing = await compare({
    name: 'a box expanded at 1,001 boxes, after its data, ms',
    ours: once,
    reference: bar(200),
    runs: RUNS,
    bar: { atMost: 1 },
  });
  const wholes = times.slice(1).map(({ whole }) => whole);
  return [
    drawing,
    { ...barFigure('the same from the click, with the question, ms', median(wholes), 200), runs: RUNS },
  ];
}

async function panFigure(reader: Reader): Promise<Figure> {
  const { page } = await reader.explore(lineageOf('n1500', '&depth=20'));
  const figure = await compare({
    name: 'longest task while 1,001 boxes are moved, ms (50: none)',
    ours: () => longestTaskWhilePanning(page),
    reference: () => Promise.resolve(200),
    runs: RUNS,
    bar: { atMost: 1 },
  });
  await page.close();
  return figure;
}

async function openFigures(reader: Reader): Promise<Figure[]> {
  const [many, one] = [MANY, ONE].map((scale) => encodeURIComponent(modelOf(scale, 0))) as [string, string];
  const page = (model: string): Promise<number> =>
    reader.openMs(`/artifact?id=${model}`, 'What was declared');
  const graph = async (model: string): Promise<number> => {
    const drawn = await reader.explore(`/explore?of=${model}&direction=BOTH`);
    await drawn.page.close();
    return drawn.openMs;
  };
  const side = { runs: 2 * RUNS + 1, bar: { atMost: 1.3 } };
  return [
    await compare({
      name: 'page of a model, a million decisions over one, ms',
      ...{ ours: () => page(many), reference: () => page(one), ...side },
    }),
    await compare({
      name: 'explorer of a model, a million decisions over one, ms',
      ...{ ours: () => graph(many), reference: () => graph(one), ...side },
    }),
  ];
}

/** One value beside its bar. */
function barFigure(name: string, ours: number, bar: number): Figure {
  return {
    name,
    ours,
    reference: bar,
    ratio: ours / bar,
    bar: '<= 1',
    holds: ours <= bar,
    runs: 1,
    spread: 0,
  };
}
