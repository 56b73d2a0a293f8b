import { expect, test } from '@jest/globals';

import { toPrincipal } from '../../../src/access/principal.js';
import { ReadAudit, type ReadIntent } from '../../../src/governance/read-audit.js';
import { subjectMark } from '../../../src/ledger/keys.js';
import type { PreparedAccess } from '../../../src/store/access-log.js';

const keys = {
  currentLogKey: 1,
  logKey: () => Buffer.alloc(32, 7),
  keysOf: (kids: readonly string[]) =>
    Promise.resolve(
      new Map(kids.map((kid) => [kid, kid === 'gone' ? ('DESTROYED' as const) : Buffer.alloc(32, kid)])),
    ),
};
const intent: ReadIntent = {
  principal: toPrincipal({ sub: 'ann', exp: 4e9, roles: ['auditor'] }, 'token'),
  door: 'graphql',
  operationDigest: 'ab'.repeat(32),
  arguments: '{}',
};

/** An audit whose records land in a list. */
function auditInto(written: PreparedAccess[][], fail = false): ReadAudit {
  const append = (records: readonly PreparedAccess[]): Promise<number[]> => {
    if (fail) return Promise.reject(new Error('no database'));
    const start = written.flat().length;
    written.push([...records]);
    return Promise.resolve(records.map((_, i) => start + i));
  };
  return new ReadAudit({ append }, keys, () => 1_000);
}

function saidBy(record: PreparedAccess | undefined): Record<string, unknown> {
  return JSON.parse(record?.props.values as string) as Record<string, unknown>;
}

test('reads that begin together are recorded together', async () => {
  const written: PreparedAccess[][] = [];
  const audit = auditInto(written);
  const reads = Array.from({ length: 50 }, () => audit.begin(intent));
  await Promise.all(reads.map((read) => read.recorded()));
  expect(written.map((batch) => batch.length)).toEqual([50]);
});

test('an outcome follows its intent, once, and says what was broken off', async () => {
  const written: PreparedAccess[][] = [];
  const read = auditInto(written).begin(intent);
  read.looked('prediction:a/b@1', 2, ['ann']);
  read.looked('prediction:a/b@1', 1, ['bea', 'gone']);
  read.looked('prediction:a/c@1', 1, ['gone']);
  await Promise.all([read.end('ABORTED'), read.end('COMPLETE')]);
  const [first, outcome, ...rest] = written.flat();
  expect(rest).toEqual([]);
  expect(first?.props.phase).toBe('intent');
  const look = { request: first?.props.request, intent: 0 };
  expect(outcome?.looks).toEqual([
    { artifact: 'prediction:a/b@1', ...look, subject: subjectMark(Buffer.alloc(32, 'ann')) },
    { artifact: 'prediction:a/b@1', ...look, subject: subjectMark(Buffer.alloc(32, 'bea')) },
    { artifact: 'prediction:a/c@1', ...look, subject: null },
  ]);
  expect(saidBy(outcome)).toEqual({ 'value/looks': 3, 'value/state': 'ABORTED', 'value/values': 4 });
});

test('without an intent there is no outcome, and the failure reaches who answers', async () => {
  const written: PreparedAccess[][] = [];
  const read = auditInto(written, true).begin(intent);
  await expect(read.recorded()).rejects.toThrow('no database');
  await read.end('COMPLETE');
  expect(written).toEqual([]);
});
