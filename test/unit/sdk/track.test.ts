import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import type { CheckedDeclaration } from '../../../src/domain/declaration.js';
import {
  contentDigestOf,
  DeclarationRefused,
  featureDef,
  PedigreeClient,
  tracker,
  type Receipt,
  type Track,
  type TrackerOptions,
} from '../../../src/sdk/index.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { accepted, DoubleServer, problem, receipts, refused } from './double-server.js';

const RUN = 'transform:lending/clean@run-1';
const RAW = 'dataset:lending/raw@1';
const CODE = { repository: 'lending', commit: 'ab'.repeat(20) };
const OPTIONS = { runId: 'run-1', code: CODE };

let server: DoubleServer;
let folder: string;
let time: number;

beforeEach(async () => {
  server = await DoubleServer.start();
  folder = temporaryFolder();
  time = 1_000;
});

afterEach(async () => {
  await server.stop();
});

function trackerOf(options: Partial<TrackerOptions> = {}): Track {
  const client = new PedigreeClient({ url: server.url, token: 'secret', maxDelayMs: 0 });
  return tracker(client, { namespace: 'lending', now: () => (time += 10), ...options });
}

/** What arrived, as the real server reads it: a declaration that it would refuse throws here. */
function declared(): CheckedDeclaration[] {
  return server.requests
    .flatMap(({ body }) => body.trimEnd().split('\n'))
    .map((line) => parseDeclaration(JSON.parse(line)));
}

const find = (id: string): CheckedDeclaration | undefined => declared().find((one) => one.id === id);
const lastWord = (run = RUN): CheckedDeclaration | undefined =>
  declared().findLast(({ about }) => about.includes(run));

describe('a tracked function', () => {
  test('is declared with code, parameters, environment, edges, outputs, times and state', async () => {
    const lvr = featureDef({ namespace: 'lending', name: 'lvr', version: '1', occurredAt: 1 });
    const result = await trackerOf({ environment: { cluster: 'west' } })(
      'clean',
      (run) => {
        run.reads(RAW, { columns: ['lvr'] });
        run.reads(RAW, { columns: ['dir', 'lvr'], toDigest: 'cd'.repeat(32) });
        run.applies(lvr);
        return run.writes({ name: 'clean', rowCount: 2, rows: [{ from: RAW, mode: 'FILTER' }] });
      },
      { ...OPTIONS, parameters: { minimum: 3 }, environment: { worker: 7 }, owner: 'Data' },
    );
    expect(result.id).toBe('dataset:lending/clean@run-1');
    expect(find(RUN)).toMatchObject({
      occurredAt: 1_010,
      fields: {
        code: CODE,
        parameters: { minimum: 3 },
        environment: { node: process.versions.node, cluster: 'west', worker: 7 },
        owner: 'Data',
      },
    });
    expect(find(lvr.id)).toBeDefined();
    expect(find(result.id)).toMatchObject({
      fields: { rowCount: 2 },
      edges: [{ type: 'PRODUCED_BY', to: RUN, props: { rows: [{ from: RAW, mode: 'FILTER' }] } }],
    });
    expect(lastWord()).toMatchObject({
      fields: { type: 'SUPPLEMENTS', state: 'COMPLETED', startedAt: 1_010, endedAt: 1_030 },
      edges: [
        { type: 'READ', from: RUN, to: RAW, props: { columns: ['lvr', 'dir'] }, toDigest: 'cd'.repeat(32) },
        { type: 'APPLIED', from: RUN, to: lvr.id },
      ],
    });
  });

  test('that throws is declared as failed, with what it had done, and its error is thrown on', async () => {
    const error = new TypeError('no such column');
    const failed = trackerOf()(
      'clean',
      (run) => {
        run.reads(RAW);
        throw error;
      },
      OPTIONS,
    );
    await expect(failed).rejects.toBe(error);
    expect(lastWord()).toMatchObject({
      fields: { state: 'FAILED', error: 'TypeError: no such column', startedAt: 1_010, endedAt: 1_020 },
      edges: [{ type: 'READ', to: RAW }],
    });
  });

  test('is visible while it runs, and so if it never ends', async () => {
    let end = (): void => undefined;
    const running = trackerOf()('clean', () => new Promise<void>((resolve) => (end = resolve)), OPTIONS);
    while (server.requests.length === 0) await new Promise(setImmediate);
    expect(find(RUN)).toBeDefined();
    expect(lastWord()).toMatchObject({ fields: { state: 'STARTED', startedAt: 1_010 } });
    end();
    await running;
    expect(lastWord()).toMatchObject({ fields: { state: 'COMPLETED' } });
  });

  test('gets an id of its own unless it is given one, and the commit that runs', async () => {
    const track = trackerOf();
    const ids = [await track('clean', ({ id }) => id), await track('clean', ({ id }) => id)];
    expect(new Set(ids).size).toBe(2);
    expect(find(ids[0]!)?.version).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('within another names the outer one, also side by side', async () => {
    const track = trackerOf();
    await track(
      'outer',
      async (outer) => {
        await Promise.all([
          track('left', () => track('leaf', () => undefined, { runId: 'l', code: CODE }), OPTIONS),
          track('right', () => undefined, OPTIONS),
        ]);
        outer.reads(RAW);
      },
      OPTIONS,
    );
    const parentOf = (id: string): unknown => find(id)?.fields.extra;
    expect(parentOf('transform:lending/outer@run-1')).toBeUndefined();
    expect(parentOf('transform:lending/left@run-1')).toEqual({ parent: 'transform:lending/outer@run-1' });
    expect(parentOf('transform:lending/right@run-1')).toEqual({ parent: 'transform:lending/outer@run-1' });
    expect(parentOf('transform:lending/leaf@l')).toEqual({ parent: 'transform:lending/left@run-1' });
  });

  test('does not end its error’s text in half a character, nor declare all of a long one', async () => {
    const failed = trackerOf()('clean', () => Promise.reject(new Error('😀'.repeat(2_000))), OPTIONS);
    await expect(failed).rejects.toThrow('😀');
    expect(lastWord()?.fields.error).toMatch(/ … \(2007 more characters\)$/);
  });
});

describe('files', () => {
  test('that stream through are digested on the way and declared', async () => {
    const [raw, clean] = [join(folder, 'raw.csv'), join(folder, 'clean.csv')];
    writeFileSync(raw, 'a\n'.repeat(100_000));
    await trackerOf()(
      'clean',
      async (run) => {
        const input = run.readStream(raw, { columns: ['a'] });
        const output = run.writeStream(clean, { name: 'clean', rows: [{ from: input, mode: 'SAME_KEYS' }] });
        expect(output.id).toBe('dataset:lending/clean@run-1');
        await pipeline(input.stream, output.stream);
      },
      OPTIONS,
    );
    expect(readFileSync(clean, 'utf8')).toHaveLength(200_000);
    const digest = await contentDigestOf(raw);
    const input = `dataset:lending/raw.csv@${digest.slice(7, 39)}`;
    expect(find(input)?.fields).toEqual({ contentDigest: digest });
    expect(find('dataset:lending/clean@run-1')).toMatchObject({
      fields: { contentDigest: digest },
      edges: [{ type: 'PRODUCED_BY', to: RUN, props: { rows: [{ from: input, mode: 'SAME_KEYS' }] } }],
    });
    expect(lastWord()?.edges).toMatchObject([{ type: 'READ', to: input, props: { columns: ['a'] } }]);
  });

  test('that were read in part have the digest of the whole', async () => {
    const raw = join(folder, 'raw.csv');
    writeFileSync(raw, 'x'.repeat(1_000_000));
    const read = await trackerOf()('clean', async (run) => {
      const { stream, dataset } = run.readStream(raw);
      await once(stream, 'readable');
      stream.destroy();
      return dataset;
    });
    expect(read.fields?.contentDigest).toBe(await contentDigestOf(raw));
    await trackerOf()('clean', (run) => void run.readStream(raw, { name: 'never-read' }), OPTIONS);
    expect(lastWord()?.edges[0]?.to).toMatch(/^dataset:lending\/never-read@/);
  });

  test('that were not written to their end are no outputs, but named', async () => {
    const failed = trackerOf()(
      'clean',
      async (run) => {
        const whole = run.writeStream(join(folder, 'whole'));
        whole.stream.end('whole');
        expect((await whole.dataset).fields?.contentDigest).toBe(await contentDigestOf(['whole']));
        run.writeStream(join(folder, 'half')).stream.write('half');
        throw new Error('stopped');
      },
      OPTIONS,
    );
    await expect(failed).rejects.toThrow('stopped');
    expect(find('dataset:lending/whole@run-1')).toBeDefined();
    expect(find('dataset:lending/half@run-1')).toBeUndefined();
    expect(lastWord()?.fields.extra).toEqual({ unfinishedOutputs: ['dataset:lending/half@run-1'] });
  });

  test('named by their content may have been declared before, with another time', async () => {
    const raw = join(folder, 'raw.csv');
    writeFileSync(raw, 'x');
    const conflicts = (i: number, ids: readonly string[]): Receipt =>
      ids[i]?.startsWith('dataset:') ? refused(i, ids, 'IMMUTABLE_CONFLICT') : accepted(i, ids);
    server.always(receipts(conflicts));
    const read = await trackerOf()('clean', (run) => run.readsFile(raw), OPTIONS);
    expect(lastWord()?.edges).toMatchObject([{ type: 'READ', to: read.id }]);
    const named = trackerOf()('clean', (run) => run.readsFile(raw, { version: '1' }));
    await expect(named).rejects.toMatchObject({ code: 'IMMUTABLE_CONFLICT' });
  });
});

describe('lineage that cannot be declared', () => {
  const refuseDatasets = receipts((i, ids) =>
    ids[i]?.startsWith('dataset:') ? refused(i, ids) : accepted(i, ids),
  );

  test('is an error of the run that succeeded', async () => {
    server.always(refuseDatasets);
    const tracked = trackerOf()('clean', (run) => run.writes({ name: 'clean' }), OPTIONS);
    await expect(tracked).rejects.toBeInstanceOf(DeclarationRefused);
  });

  test('goes to onCaptureError if there is one, and the result is returned', async () => {
    server.always(problem(403, 'FORBIDDEN'));
    const seen: unknown[] = [];
    const track = trackerOf({ onCaptureError: (error, run) => seen.push([(error as Error).message, run]) });
    await expect(track('clean', () => 42, OPTIONS)).resolves.toBe(42);
    expect(seen).toContainEqual(['the server answered 403: because of FORBIDDEN', RUN]);
  });

  test('never stands in for the function’s own error', async () => {
    server.always(problem(403, 'FORBIDDEN'));
    const seen: string[] = [];
    const track = trackerOf({ onCaptureError: (_, run) => seen.push(run) });
    const failed = track('clean', () => Promise.reject(new Error('its own')), OPTIONS);
    await expect(failed).rejects.toThrow('its own');
    expect(new Set(seen)).toEqual(new Set([RUN]));
  });
});
