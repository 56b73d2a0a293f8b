/** Rows against a contract: what is counted, what is named, and that no value leaves. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import {
  checkContract,
  ContractBroken,
  contractCheck,
  contractDeclaration,
  gatedRows,
  gateContract,
  parseContract,
  parseContractYaml,
  type AttestationDeclaration,
  type Row,
} from '../../../src/sdk/index.js';
import { parseDeclaration } from '../../../src/capture/parse-declaration.js';
import { AT, GOOD, LOANS } from '../../support/loan-contract.js';

const CONTRACT = parseContract(parseContractYaml(LOANS));
const PART = 'dataset:lending/part-b@1';

/** The rules that are broken, as `column: rule`. */
async function brokenBy(rows: readonly Row[], options: object = {}): Promise<string[]> {
  const { rules } = await checkContract(CONTRACT, rows, { at: AT, ...options });
  return rules.filter(({ passed }) => !passed).map(({ column = '', rule }) => `${column}: ${rule}`);
}

const changed = (i: number, change: object): Row[] =>
  GOOD.map((row, at) => (at === i ? { ...row, ...change } : row));

test('rows that keep it', async () => {
  const outcome = await checkContract(CONTRACT, GOOD, { at: AT });
  expect(outcome).toMatchObject({ passed: true, rowsChecked: 3, rowsFailed: 0 });
});

test.each<[string, readonly Row[], readonly string[]]>([
  [
    'a value out of range',
    changed(0, { ratio: 3.5 }),
    ['ratio: at most 3', 'ratio: the mean must be between 0.2 and 1.5'],
  ],
  [
    'values that are too high on the whole',
    GOOD.map((row, i) => ({ ...row, ratio: 0.2 + i * 2 }))
      .slice(0, 2)
      .concat({ ...GOOD[2]!, ratio: 2.1 }),
    ['ratio: the quantile 0.9 must be below 2'],
  ],
  ['a missing value', changed(1, { ratio: null }), ['ratio: not null']],
  ['another type', changed(1, { ratio: 'much' }), ['ratio: of the type number']],
  ['no value of the set', changed(1, { self: 'maybe' }), ['self: one of ["yes","no"]']],
  ['another form', changed(1, { branch: 'North' }), ['branch: of the form ^[a-z]+$']],
  ['too long', changed(1, { branch: 'northernmost' }), ['branch: at most 8 characters long']],
  ['a key twice', changed(1, { id: 1 }), ['id: the key id is unique']],
  [
    'a pair twice',
    changed(1, { branch: 'north', seen: GOOD[0]!.seen }),
    [': duplicate values of branch, seen must be 0'],
  ],
  ['too few rows', GOOD.slice(1), [': the number of rows must be at least 3']],
  [
    'nothing new',
    GOOD.map((row) => ({ ...row, seen: `2026-02-01T00:00:0${JSON.stringify(row.id)}Z` })),
    ['seen: the newest is at most 2 d old'],
  ],
  [
    'a column that nobody has',
    GOOD.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'self'))),
    ['self: there is such a column'],
  ],
])('%s', async (_, rows, broken) => {
  expect(await brokenBy(rows)).toEqual(broken);
});

test('advice is told and does not break it', async () => {
  const outcome = await checkContract(CONTRACT, changed(0, { branch: null }), { at: AT });
  expect(outcome).toMatchObject({ passed: true, rowsFailed: 0 });
  expect(outcome.rules.filter(({ passed }) => !passed)).toMatchObject([
    { column: 'branch', advisory: true, failed: 1, samples: [[1]], measured: 100 / 3 },
  ]);
});

test('text is read as the types of the contract', async () => {
  const text = GOOD.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  );
  expect(await brokenBy(text, { text: true })).toEqual([]);
  expect(await brokenBy([...text.slice(0, 2), { ...text[2], ratio: '' }], { text: true })).toEqual([
    'ratio: not null',
  ]);
  expect(await brokenBy([...text.slice(0, 2), { ...text[2], ratio: '1,1' }], { text: true })).toEqual([
    'ratio: of the type number',
  ]);
});

test('too many distinct values to remember are no success', async () => {
  const { passed, rules } = await checkContract(CONTRACT, GOOD, { at: AT, distinct: 2 });
  expect(passed).toBe(false);
  expect(rules.filter((rule) => rule.undecided !== undefined).map(({ undecided }) => undecided)).toEqual([
    'more than 2 distinct values',
    'more than 2 distinct values',
  ]);
});

test('rows are counted as by looking at all of them', async () => {
  const row = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    ratio: fc.option(fc.double({ min: -1, max: 4, noNaN: true })),
    self: fc.constantFrom('yes', 'no', 'maybe', null),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const { rules } = await checkContract(CONTRACT, rows, { at: AT, samples: 1_000 });
      const of = (text: string) => rules.filter(({ rule }) => rule === text).map(({ failed }) => failed);
      const wrong = rows.filter(({ self }) => self === 'maybe');
      expect(of('one of ["yes","no"]')).toEqual([wrong.length]);
      expect(of('at most 3')).toEqual([rows.filter(({ ratio }) => ratio !== null && ratio > 3).length]);
      expect(of('the key id is unique')).toEqual([rows.length - new Set(rows.map(({ id }) => id)).size]);
      const samples = rules.find(({ rule }) => rule === 'one of ["yes","no"]')?.samples;
      expect(samples).toEqual(wrong.map(({ id }) => [id]));
    }),
    { seed: 9, numRuns: 200 },
  );
});

describe('a gate', () => {
  const declared: AttestationDeclaration[] = [];
  const client = {
    declare: (declaration: AttestationDeclaration) => {
      declared.push(declaration);
      return Promise.resolve();
    },
  };
  const statement = { about: PART, occurredAt: AT, at: AT, before: 'TRAINING' as const };

  test('declares the check, then throws with the rules, the counts and the rows', async () => {
    const rows = changed(2, { ratio: 3.25, self: 'maybe' });
    const failure = await gateContract(client, CONTRACT, rows, statement).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ContractBroken);
    expect(failure).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message:
        `${PART} must keep the contract loans 1.2.0, but 3 of its 24 rules are broken: ratio: at most 3 (1 row, such as 3); ` +
        'ratio: the mean must be between 0.2 and 1.5; self: one of ["yes","no"] (1 row, such as 3)',
    });
    expect(declared.at(-1)).toEqual((failure as ContractBroken).check);
    expect(declared.at(-1)?.fields).toMatchObject({
      contract: 'loans 1.2.0',
      contractDigest: expect.stringMatching(/^sha256:/),
      passed: false,
      rowsChecked: 3,
      rowsFailed: 1,
      extra: { table: 'loans', before: 'TRAINING', notChecked: expect.arrayContaining(['no orphans (sql)']) },
    });
  });

  test('lets rows through one by one, and throws after the last', async () => {
    const seen: Row[] = [];
    await expect(async () => {
      for await (const row of gatedRows(client, CONTRACT, changed(0, { self: 'maybe' }), statement))
        seen.push(row);
    }).rejects.toThrow(ContractBroken);
    expect(seen).toHaveLength(3);
    for await (const row of gatedRows(client, CONTRACT, GOOD, statement)) seen.push(row);
    expect([seen.length, declared.at(-1)?.fields?.passed]).toEqual([6, true]);
  });

  test('what is declared is accepted, and has no value of a row in it', async () => {
    const secret = 'secret-branch-of-nobody';
    const outcome = await checkContract(CONTRACT, changed(0, { branch: secret }), { at: AT });
    const check = contractCheck(CONTRACT, outcome, statement);
    const contract = contractDeclaration(CONTRACT, { about: PART, occurredAt: AT });
    expect(JSON.stringify(check)).not.toContain(secret);
    for (const declaration of [check, contract]) {
      expect(parseDeclaration(JSON.parse(JSON.stringify(declaration))).id).toBe(declaration.id);
    }
    expect(contract.id).toBe('attestation:lending/contract-loans@1.2.0');
  });
});
