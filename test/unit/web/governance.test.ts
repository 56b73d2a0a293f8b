/** Which earlier trees of a log are shown, and which lane of the chart a fact is in. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { FactFragment } from '../../../web/app/graphql/operations.gen.js';
import { earlierSizes } from '../../../web/app/pages/governance/earlier-sizes.js';
import { lanesOf, type Tell } from '../../../web/app/pages/governance/lanes.js';

describe('earlierSizes', () => {
  test('are of this log, each once, largest first, with the one that was kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, share) => {
          const kept = size === 0 ? undefined : Math.max(1, Math.floor(size * share));
          const sizes = earlierSizes(size, kept);
          expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a));
          expect(sizes.every((each) => each >= 1 && each <= size)).toBe(true);
          if (kept !== undefined) expect(sizes).toContain(kept);
        },
      ),
      { seed: 83 },
    );
  });

  test('an empty log has none', () => {
    expect(earlierSizes(0)).toEqual([]);
    expect(earlierSizes(100)).toEqual([80, 60, 40, 20]);
  });
});

function fact(type: string, day: number, fields: FactFragment['fields']): FactFragment {
  const at = new Date(day * 86_400_000).toISOString();
  return { id: `${type} ${String(day)}`, type, occurredAt: at, recordedAt: at, declaredBy: 'x', fields };
}

const tell: Tell = ({ type, fields }) => {
  const { drifted, passed } = fields as { drifted?: boolean; passed?: boolean };
  return { tone: drifted === false || passed === true ? 'good' : 'bad', title: type };
};

describe('lanesOf', () => {
  test('has a lane for each feature and contract, the newest first, and every fact once', () => {
    const { lanes, from, to } = lanesOf(
      [
        fact('DRIFT', 9, { feature: 'lvr', value: 0.4, threshold: 0.2, drifted: true }),
        fact('CONTRACT_CHECK', 5, { contract: 'raw', passed: false }),
        fact('DRIFT', 3, { feature: 'lvr', value: 0.1, threshold: 0.3, drifted: false }),
        fact('INCIDENT', 4, { title: 'late' }),
      ],
      tell,
    );
    expect([from, to]).toEqual([3 * 86_400_000, 9 * 86_400_000]);
    expect(lanes.map(({ name, marks }) => [name, marks.map(({ tone }) => tone)])).toEqual([
      ['drift: lvr', ['good', 'bad']],
      ['contract check: raw', ['bad']],
      ['incident', ['bad']],
    ]);
    expect(lanes[0]).toMatchObject({ limit: 0.2, most: 0.4 });
  });
});
