/** Impact against the plainest walk over the same declarations, on the real database and the real write path. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { ArtifactDeclaration, Declaration, EdgeDeclaration } from '../../../src/domain/declaration.js';
import type { ImpactedDecision, ImpactedArgs } from '../../../src/lineage/impact-service.js';
import { declaredLineage, type DeclaredLineage } from '../../support/declared-lineage.js';
import { affectedBy, randomLineage } from '../../support/random-decisions.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** These questions are asked of a service: nobody keeps a record. */
const unrecorded = (): void => undefined;

let lineage: DeclaredLineage;

beforeAll(async () => {
  lineage = await declaredLineage(temporaryFolder());
});

afterAll(() => lineage.close());

const ROOTS = ['dataset:t/x@0', 'transform:t/x@0', 'featuredef:t/x@1', 'model:t/x@0'];

async function allPages(args: Omit<ImpactedArgs, 'after'>): Promise<ImpactedDecision[]> {
  const items: ImpactedDecision[] = [];
  for (let after: string | undefined; ;) {
    const page = await lineage.impact.decisions({ ...args, after }, 'me', unrecorded);
    items.push(...page.items);
    if (!page.hasNextPage) return items;
    after = page.endCursor;
  }
}

function decisionsOf(items: readonly ArtifactDeclaration[]): ArtifactDeclaration[] {
  return items.filter(({ kind }) => kind === 'Prediction');
}

describe('on random graphs', () => {
  test('counts and pages are those of a plain walk, as of several points', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomLineage,
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        async ({ items }, cut, first) => {
          await lineage.reset();
          for (let i = 0; i < items.length; i += 17) await lineage.declare(items.slice(i, i + 17));
          const points = [items.length, 1 + (cut % items.length)];
          for (const root of ROOTS) {
            for (const treeSize of points) await checkAgainstWalk(root, items, treeSize, first);
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 300_000);
});

async function checkAgainstWalk(
  of: string,
  items: readonly ArtifactDeclaration[],
  treeSize: number,
  first: number,
): Promise<void> {
  const visible = items.slice(0, treeSize);
  if (!visible.some(({ id }) => id === of)) return;
  const expected = affectedBy(of, visible);
  const decisions = decisionsOf(expected);
  const asOf = { treeSize };
  const impact = await lineage.impact.impact({ of, asOf }, unrecorded);
  const count = await impact.decisions();
  expect(count).toMatchObject({ total: decisions.length, precision: 'EXACT' });
  expect(Object.fromEntries(count.byMode.map(({ mode, count: n }) => [mode, n]))).toEqual(
    tally(decisions, ({ fields }) => (fields as { mode: string }).mode),
  );
  expect(Object.fromEntries(count.byModel.map(({ model, count: n }) => [model, n]))).toEqual(
    tally(decisions, ({ edges }) => edges?.find(({ type }) => type === 'MADE_BY')?.to ?? ''),
  );
  const window = { from: 1_700_000_000_002, to: 1_700_000_000_005 };
  const inWindow = decisions.filter(
    ({ occurredAt }) => Number(occurredAt) >= window.from && Number(occurredAt) < window.to,
  );
  const windowed = await lineage.impact.impact({ of, asOf, ...window, modes: ['LIVE', 'TEST'] }, unrecorded);
  const some = inWindow.filter(({ fields }) => ['LIVE', 'TEST'].includes((fields as { mode: string }).mode));
  expect((await windowed.decisions()).total).toBe(some.length);
  const order = (item: ArtifactDeclaration): number => items.indexOf(item);
  const oldest = decisions.sort((a, b) => Number(a.occurredAt) - Number(b.occurredAt) || order(a) - order(b));
  const ids = oldest.map(({ id }) => id);
  const pages = { of, asOf, first };
  expect((await allPages({ ...pages, order: 'OLDEST_FIRST' })).map(({ id }) => id)).toEqual(ids);
  expect((await allPages({ ...pages, order: 'NEWEST_FIRST' })).map(({ id }) => id)).toEqual(ids.reverse());
  const listed = await allPages({ ...pages, ...window, order: 'NEWEST_FIRST' });
  expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(inWindow.map(({ id }) => id)));
}

function tally<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

const AT = '2026-03-01T09:30:00Z';
const DATA = 'dataset:bank/raw@1';
const MODEL = 'model:bank/risk@1';

function decision(version: number | string, edges: readonly EdgeDeclaration[] = []): Declaration {
  return {
    id: `prediction:bank/decision@${String(version)}`,
    kind: 'Prediction',
    occurredAt: AT,
    subjects: [],
    edges: [{ type: 'MADE_BY', to: MODEL }, ...edges],
  };
}

describe('on one model', () => {
  test('lists models and the deployments that were not retired since', async () => {
    await lineage.reset();
    const attest = (version: number, type: 'DEPLOYED' | 'RETIRED', occurredAt: number): Declaration => ({
      id: `attestation:bank/ops@${String(version)}`,
      kind: 'Attestation',
      type,
      about: [MODEL],
      occurredAt,
      fields: type === 'DEPLOYED' ? { endpoint: `/v${String(version)}` } : { reason: 'replaced' },
    });
    await lineage.declare([
      { id: DATA, kind: 'Dataset', occurredAt: AT },
      { id: MODEL, kind: 'Model', occurredAt: AT, edges: [{ type: 'TRAINED_ON', to: DATA }] },
      // Affected, but no model.
      {
        id: 'transform:bank/copy@1',
        kind: 'Transform',
        occurredAt: AT,
        edges: [{ type: 'READ', to: DATA }],
      },
      // The retirement is heard of first, but ends only what was deployed before it.
      attest(1, 'RETIRED', 200),
      attest(2, 'DEPLOYED', 100),
      attest(3, 'DEPLOYED', 300),
    ]);
    const impact = await lineage.impact.impact({ of: DATA }, unrecorded);
    expect(await impact.models({ first: 10 }, 'me')).toMatchObject({ ids: [MODEL], hasNextPage: false });
    const { items, total } = await impact.deployments(10);
    expect([items.map(({ attestation }) => attestation.id), total]).toEqual([['attestation:bank/ops@3'], 1]);
  });

  test('says that a count is no longer exact once an attestation changed what a decision was made from', async () => {
    await lineage.reset();
    const other = 'dataset:bank/other@1';
    const before = await lineage.declare([
      { id: DATA, kind: 'Dataset', occurredAt: AT },
      { id: other, kind: 'Dataset', occurredAt: AT },
      { id: MODEL, kind: 'Model', occurredAt: AT },
      decision(1, [{ type: 'SCORED', to: DATA, props: { role: 'INPUT' } }]),
      decision(2, [{ type: 'SCORED', to: DATA, props: { role: 'INPUT' } }]),
    ]);
    const after = await lineage.declare([
      {
        id: 'attestation:bank/fix@1',
        kind: 'Attestation',
        type: 'CORRECTS',
        about: ['prediction:bank/decision@1'],
        subjects: [],
        occurredAt: AT,
        fields: { reason: 'the wrong table was named' },
        edges: [{ type: 'SCORED', from: 'prediction:bank/decision@1', to: other, props: { role: 'INPUT' } }],
        withdraws: [{ type: 'SCORED', from: 'prediction:bank/decision@1', to: DATA }],
      },
    ]);
    const counted = async (of: string, treeSize: number) =>
      (await lineage.impact.impact({ of, asOf: { treeSize } }, unrecorded)).decisions();
    expect(await counted(DATA, before)).toMatchObject({ total: 2, precision: 'EXACT' });
    expect(await counted(other, before)).toMatchObject({ total: 0, precision: 'EXACT' });
    expect(await counted(DATA, after)).toMatchObject({ total: 2, precision: 'DATA_SET_LEVEL' });
    expect(await counted(other, after)).toMatchObject({ total: 2, precision: 'DATA_SET_LEVEL' });
  });

  test('refuses a decision as its root, an empty window and a cursor of another question', async () => {
    await expect(lineage.impact.impact({ of: 'prediction:bank/decision@1' }, unrecorded)).rejects.toThrow(
      'impact takes the id of a data set, transform, feature definition or model, but got: "prediction:bank/decision@1"',
    );
    await expect(lineage.impact.impact({ of: DATA, from: 5, to: 5 }, unrecorded)).rejects.toThrow(
      '"from" must be earlier than "to", but got: {"from":5,"to":5}',
    );
    const page = { of: DATA, order: 'NEWEST_FIRST', first: 1 } as const;
    const { endCursor } = await lineage.impact.decisions(page, 'me', unrecorded);
    expect(endCursor).toBeDefined();
    await expect(lineage.impact.decisions({ ...page, after: endCursor }, 'you', unrecorded)).rejects.toThrow(
      '"after" must be the endCursor',
    );
  });
});
