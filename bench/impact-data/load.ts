/**
 * Two data sets, each behind 200 models, one with few decisions and one with many. Artifacts, models, groups and the
 * first decision of every group go through the real write path; the other decisions are created by one statement with
 * the labels, properties, edges and ordinals that the writer gives them, because a million through the log would take
 * most of the run. The log has filler in the place of their entries.
 */
import neo4j, { type Driver } from 'neo4j-driver';

import { CaptureService } from '../../src/capture/capture-service.js';
import type { Declaration } from '../../src/domain/declaration.js';
import { OPEN_UNTIL } from '../../src/store/as-of.js';
import type { Database } from '../../src/store/database.js';
import { EntryWriter } from '../../src/store/entry-writer.js';
import type { KeyStore } from '../../src/store/keys/key-store.js';
import { openLog, readHead } from '../../src/store/log-head.js';
import { migrate } from '../../src/store/migrate.js';
import { lengthenLog } from '../graphs/filler-log.js';

const MANY_MODELS = 200;
const BATCH = 20_000;
/** When the first decision was made, in milliseconds since the epoch; one a second follows. */
export const START = 1_750_000_000_000;

export interface Scale {
  readonly name: string;
  /** All decisions, a multiple of the models, and at least one of each. */
  readonly decisions: number;
  /** Models that make them, 200 if left out. */
  readonly models?: number;
}

function modelsOf({ models = MANY_MODELS }: Scale): number {
  return models;
}

export function rootOf({ name }: Scale): string {
  return `dataset:bench/${name}@1`;
}

export async function load(
  database: Database,
  keyStore: KeyStore,
  scales: readonly Scale[],
  log: (line: string) => void,
): Promise<void> {
  await migrate(database);
  await openLog(database, keyStore);
  const capture = new CaptureService(new EntryWriter(database, Date.now), keyStore);
  for (const scale of scales) {
    log(`loading ${scale.decisions.toLocaleString('en')} decisions of ${String(modelsOf(scale))} models`);
    await capture.declare(declarationsOf(scale), { name: 'bench', tokenId: 'bench', namespaces: ['*'] });
    await loadRest(database.driver, scale, (await readHead(database)).size);
  }
}

/** The data set, its models and the first decision of each, which opens the model's group. */
function declarationsOf(scale: Scale): Declaration[] {
  const root: Declaration = { id: rootOf(scale), kind: 'Dataset', occurredAt: START };
  const models = Array.from({ length: modelsOf(scale) }, (_, i): Declaration[] => [
    {
      id: modelOf(scale, i),
      kind: 'Model',
      occurredAt: START,
      edges: [{ type: 'TRAINED_ON', to: rootOf(scale) }],
    },
    {
      id: `prediction:bench/${scale.name}@${String(i)}`,
      kind: 'Prediction',
      occurredAt: START + i * 1000,
      subjects: [],
      edges: [
        { type: 'MADE_BY', to: modelOf(scale, i) },
        { type: 'SCORED', to: `dataset:bench/${scale.name}-scored@1`, props: { role: 'INPUT' } },
      ],
    },
  ]);
  return [root, ...models.flat()];
}

export function modelOf({ name }: Scale, i: number): string {
  return `model:bench/${name}-${String(i)}@1`;
}

const CREATE_REST = `
MATCH (g:DecisionGroup)-[:OF_MODEL]->(m:Artifact)
WHERE m.id STARTS WITH $models
WITH g, m ORDER BY g.number
WITH collect({number: g.number, model: m}) AS groups
MATCH (d:Artifact {id: $scored})
UNWIND range($from, $to - 1) AS i
WITH i, groups[i % $count] AS place, d
WITH i, place.number AS number, place.model AS model, d
CREATE (p:Artifact:Prediction {id: $ids + i, namespace: 'bench', name: $name, version: toString(i), by: 'bench', k: 1,
  digest: $digest, mode: 'LIVE', declared: true, occurredAt: $start + i * 1000, recordedAt: $start + i * 1000,
  seq: $size + i, leafIndex: $size + i - $count, group: number, ordinal: i / $count})
CREATE (p)-[:MADE_BY {since: $size + i - $count, until: $open}]->(model)
CREATE (p)-[:SCORED {since: $size + i - $count, until: $open, props: '{"role":"INPUT"}', role: 'INPUT'}]->(d)`;

const FINISH = `
MATCH (g:DecisionGroup)-[:OF_MODEL]->(m:Artifact)
WHERE m.id STARTS WITH $models
SET g.size = $total / $count
WITH count(g) AS done
MATCH (h:LogHead {log: 'lineage'})
SET h.nextSeq = $size + $total`;

async function loadRest(driver: Driver, scale: Scale, size: number): Promise<void> {
  const params = {
    models: `model:bench/${scale.name}-`,
    scored: `dataset:bench/${scale.name}-scored@1`,
    ids: `prediction:bench/${scale.name}@`,
    name: scale.name,
    digest: '0'.repeat(64),
    count: neo4j.int(modelsOf(scale)),
    total: neo4j.int(scale.decisions),
    start: neo4j.int(START),
    size: neo4j.int(size),
    open: neo4j.int(OPEN_UNTIL),
  };
  const session = driver.session();
  try {
    for (let from = modelsOf(scale); from < scale.decisions; from += BATCH) {
      const to = Math.min(from + BATCH, scale.decisions);
      await session.run(CREATE_REST, { ...params, from: neo4j.int(from), to: neo4j.int(to) });
    }
    await lengthenLog(driver, scale.decisions - modelsOf(scale));
    await session.run(FINISH, params);
  } finally {
    await session.close();
  }
}
