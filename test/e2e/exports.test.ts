/** Exports that other programs read: the Python library `prov` reads PROV-JSON, and OpenLineage goes out as it came in. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { artifact, edge, id } from '../support/declarations.js';
import { realEvents } from '../support/openlineage.js';
import { TestServer } from '../support/server.js';
import { sharedPath } from '../support/shared.js';
import { storyline } from '../support/storyline.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);
const python = join(temporaryFolder(), 'venv');

let server: TestServer;

beforeAll(async () => {
  await run('python3', ['-m', 'venv', python]);
  await run(join(python, 'bin/pip'), ['install', '--quiet', 'prov[rdf,xml]==2.1.1']);
  server = await TestServer.start();
  await server.declareAll([
    ...storyline(),
    artifact('Model', 'ensemble', [
      edge('MEMBER', id('Model', 'credit')),
      edge('EVALUATED_ON', 'dataset:test/a%20%22b%22%20%25%2C%C3%A9@1'),
    ]),
  ]);
}, 300_000);

afterAll(() => server.stop());

async function get(
  query: Record<string, string>,
): Promise<{ status: number; asOf: string | null; text: string }> {
  const response = await fetch(`${server.url}/v1/export?${new URLSearchParams(query).toString()}`, {
    headers: { Authorization: `Bearer ${await server.token('reader')}` },
  });
  return {
    status: response.status,
    asOf: response.headers.get('Pedigree-As-Of'),
    text: await response.text(),
  };
}

/** Reads a document, tells its records, and writes it as PROV-N and as XML, which checks every name in it. */
const READ = `
import json, sys
from prov.model import ProvDocument
document = ProvDocument.deserialize(content=sys.stdin.read(), format="json")
records = [[r.get_type().localpart, [str(v) for _, v in r.formal_attributes if v is not None], sorted(str(t) for t in r.get_asserted_types())] for r in document.get_records()]
names = [[r.get_type().localpart, r.identifier.uri] for r in document.get_records() if r.is_element()]
print(json.dumps([records, names, len(document.get_provn()), len(document.serialize(format="xml"))]))
`;

test.each([
  ['prediction:test/loan@1', 'upstream'],
  ['model:test/ensemble@1', 'upstream'],
  ['dataset:test/part-b@1', 'downstream'],
])(
  'the library prov reads the closure of %s, %s, and finds every artifact and edge in it',
  async (of, direction) => {
    const { text, asOf, status } = await get({ of, direction, format: 'prov-json' });
    expect([status, asOf]).toEqual([200, expect.stringMatching(/^\d+$/)]);
    const reading = run(join(python, 'bin/python'), ['-c', READ], { maxBuffer: 1e8 });
    reading.child.stdin!.end(text);
    const [records, names] = JSON.parse((await reading).stdout) as [
      [string, string[], string[]][],
      [string, string][],
    ];
    const lines = (await get({ of, direction })).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    const nodes = lines.filter(({ record }) => record === 'node');
    const edges = lines.filter(({ record }) => record === 'edge');
    expect(names.toSorted()).toEqual(
      nodes
        .map(({ id: node, kind }) => [kind === 'Transform' ? 'Activity' : 'Entity', `urn:pedigree:${node!}`])
        .toSorted(),
    );
    const relations = records.filter(([type]) => type !== 'Entity' && type !== 'Activity');
    expect(relations.map(([, ends, [type]]) => [type, ...ends.slice(0, 2)].join(' ')).toSorted()).toEqual(
      edges.map(({ type, from, to }) => [`pedigree:${type!}`, from, to].join(' ')).toSorted(),
    );
  },
);

test('an OpenLineage event goes out as it came in, byte for byte', async () => {
  const events = realEvents();
  expect(events).toHaveLength(filesBelow(sharedPath('data/openlineage')));
  const response = await fetch(`${server.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await server.token('writer')}`,
    },
    body: `[${events.join(',')}]`,
  });
  expect(response.status).toBe(204);
  const found = new Set<string>();
  const exports = new Set<string>();
  for (const text of events) {
    const event = JSON.parse(text) as { run: { runId: string }; job: { namespace: string; name: string } };
    const of = transformId(event.job, event.run.runId);
    const exported = await get({ of, direction: 'upstream', format: 'openlineage' });
    expect(exported.status).toBe(200);
    expect(exported.text).toContain(text.trim());
    expect(JSON.parse(exported.text)).toContainEqual(event);
    for (const each of JSON.parse(exported.text) as unknown[]) found.add(JSON.stringify(each));
    exports.add(exported.text);
  }
  expect(found).toEqual(new Set(events.map((text) => JSON.stringify(JSON.parse(text)))));
  // What goes out comes in again, and every event of it is known.
  const size = (await server.ask('{ log { treeSize } }')).log.treeSize;
  for (const text of exports) {
    const again = await fetch(`${server.url}/api/v1/lineage/batch`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await server.token('writer')}`,
      },
      body: text,
    });
    expect(again.status).toBe(204);
  }
  expect((await server.ask('{ log { treeSize } }')).log.treeSize).toBe(size);
}, 120_000);

/** So that no event is left out when the folder gets another part. */
function filesBelow(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.json')).length;
}

function transformId({ namespace, name }: { namespace: string; name: string }, runId: string): string {
  const part = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return `transform:${part(namespace)}/${part(name)}@${part(runId)}`;
}

test('events are those of the closure as of the point, and none where none came in', async () => {
  const { text } = await get({ of: 'model:test/credit@1', format: 'openlineage' });
  expect(JSON.parse(text)).toEqual([]);
});

test.each([
  [{ of: 'model:test/none@1', format: 'prov-json' }, 404, 'NOT_FOUND'],
  [{ of: 'model:test/none@1', format: 'openlineage' }, 404, 'NOT_FOUND'],
  [
    { of: 'model:test/credit@1', format: 'xml' },
    400,
    'format must be one of ndjson, csv, prov-json, openlineage',
  ],
])('%p is refused', async (query, status, said) => {
  const answer = await get(query);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(said)]);
});
