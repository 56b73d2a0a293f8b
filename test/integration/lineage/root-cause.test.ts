/** The faulty step of a batch is found from nothing but odd decisions and a sample of others. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { declaredLineage, type DeclaredLineage } from '../../support/declared-lineage.js';
import { decisionOf, deliveryStory, FAULTY_RUN } from '../../support/delivery-story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** These questions are asked of a service: nobody keeps a record. */
const unrecorded = (): void => undefined;

let lineage: DeclaredLineage;

beforeAll(async () => {
  lineage = await declaredLineage(temporaryFolder());
});

afterAll(() => lineage.close());
beforeEach(() => lineage.reset());

const EARLIER = { north: 'aaaaaaa', south: 'aaaaaaa', west: 'aaaaaaa' };
const WEST_IS_LATER = { ...EARLIER, west: 'bbbbbbb' };

function rows(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => decisionOf(from + i));
}

// Thirty of the west's forty rows look odd and so do three others; four of the west's look right.
const SUSPECTS = [...rows(80, 110), ...rows(0, 2), ...rows(40, 41)];
const CONTROLS = [...rows(5, 35), ...rows(45, 75), ...rows(112, 116)];
const ASKED = { suspects: SUSPECTS, controls: CONTROLS, first: 20 };

describe('with row keys', () => {
  test('names the conversion of the faulty delivery first, and how its code differs', async () => {
    await lineage.declare(deliveryStory(WEST_IS_LATER));
    const answer = await lineage.rootCause.rootCause(ASKED, unrecorded);
    expect(answer).toMatchObject({ precision: 'EXACT', followedByRow: 97, tested: 3, total: 3 });
    expect(answer.causes.map(({ id }) => id)).toEqual([
      FAULTY_RUN,
      'dataset:bank/delivery-west-raw@2026-06-15',
      'dataset:bank/delivery-west@2026-06-15',
    ]);
    const [first] = answer.causes;
    expect(first?.table).toEqual({
      suspectsWith: 30,
      suspectsWithout: 3,
      controlsWith: 4,
      controlsWithout: 60,
    });
    expect(first?.adjustedPValue).toBeLessThan(1e-12);
    expect(first?.codeDifference).toEqual({
      code: 'pedigree@bbbbbbb',
      siblings: [
        { id: 'transform:bank/convert-delivery-north@2026-06-15', code: 'pedigree@aaaaaaa' },
        { id: 'transform:bank/convert-delivery-south@2026-06-15', code: 'pedigree@aaaaaaa' },
      ],
    });
  });

  test('takes what has findings first where no code differs, and else the most upstream', async () => {
    await lineage.declare(deliveryStory(EARLIER));
    const before = await lineage.rootCause.rootCause(ASKED, unrecorded);
    expect(before.causes[0]?.id).toBe('dataset:bank/delivery-west-raw@2026-06-15');
    await lineage.declare([
      {
        id: 'attestation:bank/check@1',
        kind: 'Attestation',
        type: 'CONTRACT_CHECK',
        about: ['dataset:bank/delivery-west@2026-06-15'],
        occurredAt: 1,
        fields: { contract: 'percent is a fraction', passed: false, checks: [] },
      },
      {
        id: 'attestation:bank/check@2',
        kind: 'Attestation',
        type: 'CONTRACT_CHECK',
        about: ['dataset:bank/delivery-west-raw@2026-06-15'],
        occurredAt: 1,
        fields: { contract: 'nothing is missing', passed: true, checks: [] },
      },
    ]);
    const after = await lineage.rootCause.rootCause(ASKED, unrecorded);
    expect(after.causes[0]).toMatchObject({ id: 'dataset:bank/delivery-west@2026-06-15', findingsTotal: 1 });
    const back = await lineage.rootCause.rootCause({ ...ASKED, asOf: { treeSize: before.asOf } }, unrecorded);
    expect(back).toEqual(before);
  });
});

test('without the right to row keys it stays at the level of data sets, and says so', async () => {
  await lineage.declare(deliveryStory(WEST_IS_LATER));
  const answer = await lineage.rootCause.rootCause(ASKED, undefined);
  expect(answer).toMatchObject({ precision: 'DATA_SET_LEVEL', followedByRow: 0, total: 0, causes: [] });
});

test('refuses what it cannot compare', async () => {
  const ask = (suspects: string[], controls: string[]) =>
    lineage.rootCause.rootCause({ suspects, controls, first: 20 }, unrecorded);
  await expect(ask([], rows(0, 1))).rejects.toThrow('"suspects" must name 1 to 1,000 decisions, but got: 0');
  await expect(ask(rows(0, 1001), rows(0, 1))).rejects.toThrow(
    '"suspects" must name 1 to 1,000 decisions, but got: 1001',
  );
  await expect(ask(rows(0, 2), rows(1, 3))).rejects.toThrow(
    'a decision must be a suspect or a control, not both, but got: "prediction:bank/decision@1"',
  );
  await expect(ask(['model:bank/risk@1'], rows(1, 3))).rejects.toThrow(
    '"suspects" must be ids of predictions, but got: "model:bank/risk@1"',
  );
  await expect(ask(rows(0, 1), rows(1, 2))).rejects.toThrow(
    'there is no artifact prediction:bank/decision@0',
  );
});
