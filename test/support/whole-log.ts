/** A log that holds everything that Pedigree stores: what entries can hold, and all that is derived from them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Declaration, EdgeDeclaration } from '../../src/domain/declaration.js';
import { artifact, attestation, edge, id, prediction } from './declarations.js';
import { issueGrant, revokeGrant } from './granted.js';
import { richLog } from './rich-log.js';
import { TestServer } from './server.js';

const INPUT = { props: { role: 'INPUT' } };
/** A duty, so that an erasure becomes a restriction. */
const RULES = {
  format: 'pedigree-retention/1',
  version: '1',
  rules: [
    { id: 'books', classifications: ['SPECIAL'], keepFor: 'P10Y', basis: 'a law', purpose: 'tax audit' },
  ],
};

/**
 * A server with the whole log. The caller stops it.
 *
 * @param many entries and reads besides, so that both logs have full tiles; 256 are enough
 */
export async function startWholeLog(many: number): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pedigree-test-'));
  const file = join(folder, 'rules.json');
  writeFileSync(file, JSON.stringify(RULES));
  try {
    const server = await TestServer.start({ env: { PEDIGREE_RETENTION: file } });
    await declareWholeLog(server, many);
    return server;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function declareWholeLog(server: TestServer, many: number): Promise<void> {
  const filler = Array.from({ length: many }, (_, i) => artifact('Transform', `filler${i}`));
  await server.declareAll([
    ...richLog(6),
    ...bindings(),
    ...columns(),
    ...cascades(),
    ...people(),
    ...named(),
    ...filler,
  ]);
  await server.declareAll(corrections());
  await sendEvents(server);
  const erase = 'mutation ($subject: String!) { eraseSubject(subject: $subject, basis: "asked for") { id } }';
  for (const subject of ['joint-1', 'person-3', 'person-4']) await server.ask(erase, { subject });
  await shareUnderGrant(server);
  const read = `{ artifact(id: "${id('Prediction', 'rich')}") { personal { state value } } }`;
  for (let i = 0; i < Math.max(2, many / 2); i += 32)
    await Promise.all(Array.from({ length: 32 }, () => server.ask(read)));
}

/** A binding that replaces an earlier one, so that an edge has ended without being withdrawn. */
function bindings(): Declaration[] {
  return [1, 2].map((i) =>
    attestation(`bound${i}`, 'RESOLVED', [id('Dataset', 'many0')], {
      edges: [{ type: 'RESOLVED_TO', from: id('Dataset', 'many0'), to: id('Dataset', `many${i}`) }],
    }),
  );
}

function columns(): Declaration[] {
  const source = { dataset: id('Dataset', 'columns0'), column: 'a' };
  return [
    artifact('Dataset', 'columns0', [], { fields: { schema: [{ name: 'a', type: 'int' }] } }),
    artifact(
      'Dataset',
      'columns1',
      [
        edge('PRODUCED_BY', id('Transform', 'columns'), {
          props: { columns: [{ column: 'b', from: [{ ...source, transformation: 'SUM', masking: true }] }] },
        }),
      ],
      { fields: { schema: [{ name: 'b', type: 'int' }] } },
    ),
    artifact('FeatureDef', 'columns', [
      edge('DERIVED_FROM', id('Dataset', 'columns1'), { props: { columns: ['b'] } }),
    ]),
  ];
}

/** Decisions that used another's output, and one whose input is corrected later. */
function cascades(): Declaration[] {
  return [
    ...['first', 'second'].map((name) =>
      prediction(name, 'rich', [edge('SCORED', id('Dataset', 'many1'), INPUT)]),
    ),
    prediction('third', 'other', [edge('USED_OUTPUT_OF', id('Prediction', 'first'))]),
  ];
}

function corrections(): Declaration[] {
  const from = id('Prediction', 'second');
  return [
    attestation('correct', 'CORRECTS', [from], {
      fields: { reason: 'another input' },
      edges: [{ type: 'SCORED', from, to: id('Dataset', 'many2'), ...INPUT }],
      withdraws: [{ type: 'SCORED', from, to: id('Dataset', 'many1') }],
    }),
  ];
}

/** An artifact that is found by its owner, and one that is named and never declared. */
function named(): Declaration[] {
  return [
    artifact('Model', 'owned', [edge('TRAINED_ON', id('Dataset', 'nowhere'))], {
      fields: { owner: 'Credit Risk' },
    }),
  ];
}

/** A profile, a grant under it, a read with it, and the end of the grant. */
async function shareUnderGrant(server: TestServer): Promise<void> {
  const declare = `mutation ($profile: RedactionProfileInput!) { declareRedactionProfile(profile: $profile) { digest } }`;
  await server.ask(declare, {
    profile: { name: 'whole', rules: [{ classifications: ['PERSONAL'], mask: 'KEEP' }] },
  });
  const root = id('Prediction', 'joint');
  const holder = await issueGrant(server, { roots: [root], personal: true, profile: { name: 'whole' } });
  await holder.ask(`{ trace(prediction: "${root}") { features { value } } }`);
  await revokeGrant(server, holder.id);
}

/** People of whom one is erased together with a joint decision's half, and one whole; a duty keeps what is about a third. */
function people(): Declaration[] {
  const about = (name: string, subjects: readonly string[], edges: readonly EdgeDeclaration[] = []) =>
    prediction(name, 'rich', edges, {
      subjects,
      fields: { outcome: 'DENIED', explanation: `because of ${name}` },
      features: { f: { value: 1 }, g: { value: 2, subject: subjects.at(-1)! } },
    });
  return [
    artifact('Dataset', 'health', [], { fields: { classification: 'SPECIAL' } }),
    about('joint', ['joint-1', 'joint-2']),
    about('alone', ['person-3']),
    about('kept', ['person-4'], [edge('SCORED', id('Dataset', 'health'), INPUT)]),
  ];
}

/** A run that began and completed, and one that read what it wrote without saying which version. */
async function sendEvents(server: TestServer): Promise<void> {
  const dataset = (name: string): object => ({ namespace: 'lake', name });
  const event = (
    run: string,
    eventType: string,
    time: string,
    inputs: string[],
    outputs: string[],
  ): object => ({
    ...{ eventType, eventTime: `2026-01-01T${time}:00Z`, producer: 'test', run: { runId: run } },
    ...{
      job: { namespace: 'jobs', name: 'job' },
      inputs: inputs.map(dataset),
      outputs: outputs.map(dataset),
    },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  });
  const events = [
    event('r1', 'START', '10:00', [], []),
    event('r1', 'COMPLETE', '10:10', [], ['table']),
    event('r2', 'COMPLETE', '11:00', ['table'], ['report']),
  ];
  const response = await fetch(`${server.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await server.token('admin')}` },
    body: JSON.stringify(events),
  });
  if (!response.ok) throw new Error(await response.text());
}
