/**
 * What evidence costs: making the file of a closure of 1,000 artifacts, over HTTP, and verifying it. Beside the time that
 * it may take, in milliseconds, so that the ratio must stay below 1.
 */
import { join } from 'node:path';

import { readConfig } from '../../src/app/config.js';
import { startServer, type RunningServer } from '../../src/app/server.js';
import type { ArtifactDeclaration, EdgeDeclaration } from '../../src/domain/declaration.js';
import { startEmbeddedNeo4j } from '../../src/neo4j/index.js';
import { verifyEvidence } from '../../src/verify/index.js';
import type { BenchContext } from '../main.js';
import { compare, timed } from '../measure.js';
import type { Figure } from '../report.js';

/** Each data set of a model was written by a run that read another: with the model 1,000 artifacts. */
const INPUTS = 333;
const MAKE_MS = 1_000;
const VERIFY_MS = 500;
const RUNS = 15;

export async function evidenceFiles({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const dataDir = join(workDir, 'evidence');
  const neo4j = await startEmbeddedNeo4j({ dataDir: join(workDir, 'evidence-database'), log, heapMb: 1024 });
  try {
    const server = await startServer(
      readConfig({
        NEO4J_URI: neo4j.uri,
        NEO4J_USERNAME: neo4j.user,
        NEO4J_PASSWORD: neo4j.password,
        PEDIGREE_DATA_DIR: dataDir,
        PEDIGREE_PORT: '0',
      }),
      { log },
    );
    try {
      return await figures(server);
    } finally {
      await server.stop();
    }
  } finally {
    await neo4j.stop();
  }
}

async function figures({ url, tokens }: RunningServer): Promise<Figure[]> {
  const authorization = (role: 'admin' | 'auditor'): Promise<Record<string, string>> =>
    tokens
      .sign({ name: 'bench', role, namespaces: ['*'] })
      .then((token) => ({ Authorization: `Bearer ${token}` }));
  const declared = await fetch(`${url}/v1/declare`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...(await authorization('admin')) },
    body: closure()
      .map((item) => `${JSON.stringify(item)}\n`)
      .join(''),
  });
  if ((await declared.text()).includes('"error"')) throw new Error('a declaration was refused');
  const key = (await (await fetch(`${url}/log/lineage/vkey`)).text()).trim();
  const headers = await authorization('auditor');
  const make = async (): Promise<string> => {
    const response = await fetch(`${url}/v1/evidence?of=model:bench/evidence@1`, { headers });
    return response.text();
  };
  const file = await make();
  requireVerified(file, key);
  const verify = (): Promise<unknown> => Promise.resolve(verifyEvidence(file, { key }));
  return [
    await compare({
      name: 'evidence of 1,000 artifacts made over HTTP, ms',
      ours: () => timed(make),
      reference: () => Promise.resolve(MAKE_MS),
      runs: RUNS,
      bar: { atMost: 1 },
    }),
    await compare({
      name: `evidence of 1,000 artifacts verified (${String(Math.round(file.length / 1_000))} kB), ms`,
      ours: () => timed(verify),
      reference: () => Promise.resolve(VERIFY_MS),
      runs: RUNS,
      bar: { atMost: 1 },
    }),
  ];
}

function requireVerified(file: string, key: string): void {
  const verdict = verifyEvidence(file, { key });
  if (verdict.outcome === 'VERIFIED' && verdict.proved?.artifacts === 1_000) return;
  throw new Error(`1,000 artifacts must verify: ${JSON.stringify(verdict)}`);
}

function closure(): ArtifactDeclaration[] {
  const parts = Array.from({ length: INPUTS }, (_, i) => [
    artifact('Dataset', `raw${String(i)}`, []),
    artifact('Transform', `run${String(i)}`, [{ type: 'READ', to: `dataset:bench/raw${String(i)}@1` }]),
    artifact('Dataset', `clean${String(i)}`, [
      { type: 'PRODUCED_BY', to: `transform:bench/run${String(i)}@1` },
    ]),
  ]).flat();
  const trainedOn = Array.from({ length: INPUTS }, (_, i) => ({
    type: 'TRAINED_ON' as const,
    to: `dataset:bench/clean${String(i)}@1`,
  }));
  return [...parts, artifact('Model', 'evidence', trainedOn)];
}

function artifact(
  kind: ArtifactDeclaration['kind'],
  name: string,
  edges: readonly EdgeDeclaration[],
): ArtifactDeclaration {
  return {
    id: `${kind.toLowerCase()}:bench/${name}@1`,
    kind,
    occurredAt: 1_700_000_000_000,
    fields: { description: `the ${name} of a benchmark`, owner: 'bench' },
    edges,
  };
}
