/**
 * A graph shaped like the second chapter of the mortgage demo: three raw deliveries, each converted by a run of its own
 * job, one of them at another commit; united, made into features, and scored by one model, row by row.
 */
import type { Declaration, EdgeDeclaration, RowLineage, RowKey } from '../../src/domain/declaration.js';

export const BRANCHES = ['north', 'south', 'west'] as const;
const ROWS = 40;
const AT = '2026-06-15T08:00:00Z';
const RUN = '2026-06-15';

export const FAULTY_RUN = `transform:bank/convert-delivery-west@${RUN}`;
export const FEATURES = `dataset:bank/batch-features@${RUN}`;

/** The decision about one row: rows 0 to 39 are of the north, 40 to 79 of the south, 80 to 119 of the west. */
export function decisionOf(row: number): string {
  return `prediction:bank/decision@${String(row)}`;
}

export function deliveryStory(commits: Readonly<Record<(typeof BRANCHES)[number], string>>): Declaration[] {
  const united = `dataset:bank/applications@${RUN}`;
  const all = rowsOf(0, BRANCHES.length);
  const parts = BRANCHES.flatMap((branch, i) => {
    const raw = `dataset:bank/delivery-${branch}-raw@${RUN}`;
    const run = `transform:bank/convert-delivery-${branch}@${RUN}`;
    const keys = rowsOf(i, i + 1);
    return [
      dataset(raw, keys),
      transform(run, commits[branch], [raw]),
      dataset(converted(branch), keys, run, [{ from: raw, mode: 'SAME_KEYS' }]),
    ];
  });
  return [
    ...parts,
    transform(`transform:bank/unite@${RUN}`, 'c0ffee0', BRANCHES.map(converted)),
    dataset(
      united,
      all,
      `transform:bank/unite@${RUN}`,
      BRANCHES.map((branch) => ({ from: converted(branch), mode: 'UNION' })),
    ),
    transform(`transform:bank/compute-features@${RUN}`, 'feed123', [united]),
    dataset(FEATURES, all, `transform:bank/compute-features@${RUN}`, [{ from: united, mode: 'SAME_KEYS' }]),
    { id: 'model:bank/risk@1', kind: 'Model', occurredAt: AT },
    ...all.map(([row]) => decision(row as number)),
  ];
}

function decision(row: number): Declaration {
  return {
    id: decisionOf(row),
    kind: 'Prediction',
    occurredAt: AT,
    subjects: [`applicant-${String(row)}`],
    edges: [
      { type: 'MADE_BY', to: 'model:bank/risk@1' },
      { type: 'SCORED', to: FEATURES, props: { role: 'INPUT' }, row: [row] },
    ],
  };
}

function rowsOf(from: number, to: number): RowKey[] {
  return Array.from({ length: (to - from) * ROWS }, (_, i) => [from * ROWS + i]);
}

function converted(branch: string): string {
  return `dataset:bank/delivery-${branch}@${RUN}`;
}

function dataset(
  id: string,
  keys: readonly RowKey[],
  run?: string,
  rows: readonly RowLineage[] = [],
): Declaration {
  const edges: EdgeDeclaration[] =
    run === undefined
      ? []
      : [
          {
            type: 'PRODUCED_BY',
            to: run,
            props: { rows: rows.map((each) => ({ from: each.from, mode: each.mode })) },
          },
        ];
  return {
    id,
    kind: 'Dataset',
    occurredAt: AT,
    fields: { keys: { columns: ['application'], in: keys } },
    edges,
  };
}

function transform(id: string, commit: string, reads: readonly string[]): Declaration {
  return {
    id,
    kind: 'Transform',
    occurredAt: AT,
    fields: { code: { repository: 'pedigree', commit } },
    edges: reads.map((to) => ({ type: 'READ', to })),
  };
}
