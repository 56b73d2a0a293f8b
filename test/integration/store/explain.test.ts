/**
 * Every statement is planned by the real database: it must compile, its mode and columns must be those of its header,
 * and where the header names operators, because the plan is the point, the plan must have them.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Driver, Plan } from 'neo4j-driver';

import { Database } from '../../../src/store/database.js';
import { migrate } from '../../../src/store/migrate.js';
import { QUERIES } from '../../../src/store/queries.gen.js';
import { type Statement, toParameters } from '../../../src/store/statement.js';
import { testDatabase, testDriver } from '../../support/database.js';
import { sampleFields } from '../../support/sample-value.js';

type AnyStatement = Statement<Record<string, unknown>, Record<string, unknown>>;

let driver: Driver;

beforeAll(async () => {
  // With its constraints and indexes, or the plans would not be those that run.
  const database = await Database.connect(testDatabase());
  await migrate(database);
  await database.close();
  driver = testDriver();
});

afterAll(() => driver.close());

async function explain(statement: AnyStatement) {
  const params = toParameters(statement, sampleFields(statement.params));
  const { keys, summary } = await driver.executeQuery(`EXPLAIN ${statement.text}`, params);
  return { keys, queryType: summary.queryType, operators: operatorsOf(summary.plan) };
}

/** The operators of a plan tree, each as `VarLengthExpand(All)` and as `VarLengthExpand`: a header may name either. */
function operatorsOf(plan: Plan | false): string[] {
  if (plan === false) return [];
  const operator = plan.operatorType.split('@')[0]!;
  return [operator, operator.split('(')[0]!, ...plan.children.flatMap(operatorsOf)];
}

describe.each(QUERIES.map((statement) => [statement.name, statement as unknown as AnyStatement] as const))(
  '%s',
  (_, statement) => {
    let explained: Awaited<ReturnType<typeof explain>>;

    beforeAll(async () => {
      explained = await explain(statement);
    });

    test('returns the columns of its header', () => {
      expect(explained.keys.toSorted()).toEqual(Object.keys(statement.columns).toSorted());
    });

    test('only reads if its header says so', () => {
      // SHOW changes nothing, but the database counts it among the commands that do.
      const reads = explained.queryType === 'r' || statement.text.startsWith('SHOW ');
      expect(reads).toBe(statement.mode === 'read');
    });

    for (const operator of statement.plan) {
      test(`plan: ${operator}`, () => {
        if (operator.startsWith('!')) expect(explained.operators).not.toContain(operator.slice(1));
        else expect(explained.operators).toContain(operator);
      });
    }
  },
);
