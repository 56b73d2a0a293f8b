/** `pedigree demo` as a user runs it, and the same story through GraphQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { unpackLeaves } from '../../src/ledger/bundle.js';
import { parseEvidence } from '../../src/verify/evidence-file.js';
import { verifyEvidence } from '../../src/verify/index.js';
import { freshDatabase, testDatabase, testDriver } from '../support/database.js';
import { SpawnedCommand } from '../support/spawned-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let demo: SpawnedCommand;
let token: string;

beforeAll(async () => {
  await freshDatabase();
  demo = command(['demo'], temporaryFolder());
  await demo.says(/Serving until Ctrl-C\./);
  const auditor = command(['token', '--role', 'auditor'], demo.dataDir);
  expect(await auditor.ended).toBe(0);
  token = auditor.stdout.trim();
}, 240_000);

afterAll(() => demo.end('SIGINT'));

function command(args: readonly string[], dataDir: string): SpawnedCommand {
  const { uri, user, password } = testDatabase();
  return new SpawnedCommand(args, {
    env: { NEO4J_URI: uri, NEO4J_USERNAME: user, NEO4J_PASSWORD: password },
    dataDir,
  });
}

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${demo.announced().url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

interface Ids {
  readonly denied: string;
  readonly raw: string;
}

async function ids(): Promise<Ids> {
  const denied = /\((prediction:mortgage\/decision@9\.[0-9a-f]{8})\)/.exec(demo.stdout)?.[1] ?? '';
  const edition = denied.slice(-8);
  const { datasets } = await ask<{ datasets: { id: string }[] }>(
    'query ($v: String!) { datasets(where: { name: { eq: "applications-raw" }, version: { endsWith: $v } }) { id } }',
    { v: edition },
  );
  return { denied, raw: datasets[0]?.id ?? '' };
}

test('the storyline on the terminal reaches the raw row, every definition and every commit', () => {
  expect(demo.stdout).toMatch(/^DENY, probability of denial 0\.\d+/);
  expect(demo.stdout).toMatch(
    /row 9 of applications-raw@1996\.[0-9a-f]{8}: raw record in demo\/data\/boston-hmda\.csv/,
  );
  expect(demo.stdout).toMatch(/COMPLETE: every link is there/);
  expect(demo.stderr).toMatch(/2,381 rows in, 1 left out \(row 2381: .*2,380 decisions out/);
  expect(demo.stderr).toMatch(/Sign in once.*http:\/\/localhost:\d+\/sign-in\?code=/);
});

test('trace gives the same storyline', async () => {
  const { denied, raw } = await ids();
  const { trace } = await ask<{ trace: Record<string, never> }>(
    `query ($id: ID!) { trace(prediction: $id) {
      prediction { outcome subjects }
      features { name state value contribution definition { id fields } }
      rows { dataset key ends exact location }
      steps { id state code { commit } }
      completeness { complete missing { code artifact } }
    } }`,
    { id: denied },
  );
  expect(trace).toMatchObject({
    prediction: { outcome: 'DENY', subjects: ['applicant-9'] },
    completeness: { complete: true, missing: [] },
  });
  const { features, rows, steps } = trace as unknown as {
    features: { state: string; definition: { fields: { code: { commit: string } } } }[];
    rows: { dataset: string; key: number[]; ends: string | null; exact: boolean; location: string }[];
    steps: { state: string; code: { commit: string } }[];
  };
  expect(features).toHaveLength(10);
  expect(
    features.every(({ state, definition }) => state === 'OPEN' && definition.fields.code.commit !== ''),
  ).toBe(true);
  expect(rows.at(-1)).toEqual({
    dataset: raw,
    key: [9],
    ends: 'SOURCE',
    exact: true,
    location: 'demo/data/boston-hmda.csv',
  });
  expect(
    steps.every(({ state, code }) => state === 'COMPLETED' && /^[0-9a-f]{40,64}$/.test(code.commit)),
  ).toBe(true);
});

test('lineage of the decision reaches the raw data, and lineage of the raw data reaches the model', async () => {
  const { denied, raw } = await ids();
  const query = `query ($of: ID!, $direction: Direction!) { lineage(of: $of, direction: $direction) { nodes { id kind } } }`;
  interface Answer {
    lineage: { nodes: { id: string; kind: string }[] };
  }
  const up = await ask<Answer>(query, { of: denied, direction: 'UPSTREAM' });
  const down = await ask<Answer>(query, { of: raw, direction: 'DOWNSTREAM' });
  expect(up.lineage.nodes.map(({ id }) => id)).toContain(raw);
  expect(down.lineage.nodes.filter(({ kind }) => kind === 'Model')).toHaveLength(1);
  expect(down.lineage.nodes.filter(({ kind }) => kind === 'Prediction')).toHaveLength(0);
});

test('evidence for the decision verifies with nothing but the log’s public key', async () => {
  const { denied, raw } = await ids();
  const { evidence } = await ask<{ evidence: { file: string } }>(
    'query ($of: ID!) { evidence(of: $of) { file } }',
    { of: denied },
  );
  const key = (await (await fetch(`${demo.announced().url}/log/lineage/vkey`)).text()).trim();
  const verdict = verifyEvidence(evidence.file, { key });
  expect(verdict).toMatchObject({ outcome: 'VERIFIED', withheld: [], missing: [], asserted: [] });
  expect(parseEvidence(evidence.file).answer.artifacts.map(({ id }) => id)).toContain(raw);
});

describe('what is in the database', () => {
  test('a decision for every application but one, and three hundred for each delivery', async () => {
    expect(await count('MATCH (p:Prediction {mode: "BACKFILL"}) RETURN count(p) AS n')).toBe(2380);
    expect(await count('MATCH (p:Prediction {mode: "LIVE"}) RETURN count(p) AS n')).toBe(900);
    expect(await count('MATCH (g:DecisionGroup) RETURN sum(g.size) AS n')).toBe(3280);
  });

  test('every leaf index from 0 to the tree size is there once, in the bundles as on the nodes', async () => {
    const size = await count('MATCH (h:LogHead {log: "lineage"}) RETURN h.size AS n');
    const driver = testDriver();
    const nodes = await driver.executeQuery(
      'MATCH (n:Artifact|Attestation) WHERE n.leafIndex IS NOT NULL RETURN collect(n.leafIndex) AS indexes',
    );
    const bundles = await driver.executeQuery(
      'MATCH (b:EntryBundle {log: "lineage"}) RETURN b.bytes AS bytes ORDER BY b.start',
    );
    await driver.close();
    const everyIndex = Array.from({ length: size }, (_, i) => i);
    expect((nodes.records[0]?.get('indexes') as number[]).sort((a, b) => a - b)).toEqual(everyIndex);
    const leaves = bundles.records.flatMap((record) =>
      unpackLeaves(new Uint8Array(record.get('bytes') as Int8Array)),
    );
    expect(leaves).toHaveLength(size);
  });
});

test('a second run declares nothing new, and Ctrl-C ends it with 0', async () => {
  const before = await count('MATCH (h:LogHead {log: "lineage"}) RETURN h.size AS n');
  expect(await demo.end('SIGINT')).toBe(0);
  demo = command(['demo'], demo.dataDir);
  await demo.says(/Serving until Ctrl-C\./);
  expect(demo.stderr).toContain('Decisions: 2380 (already there)');
  expect(await count('MATCH (h:LogHead {log: "lineage"}) RETURN h.size AS n')).toBe(before);
}, 120_000);

async function count(statement: string): Promise<number> {
  const driver = testDriver();
  const { records } = await driver.executeQuery(statement);
  await driver.close();
  return records[0]?.get('n') as number;
}
