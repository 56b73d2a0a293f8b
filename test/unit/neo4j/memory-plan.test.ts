import { expect, test } from '@jest/globals';

import { machineMemoryMb, planMemory } from '../../../src/neo4j/memory-plan.js';

const GIB = 1024 ** 3;

test.each([
  [1024, { heapMb: 512, pageCacheMb: 128 }],
  [8192, { heapMb: 2048, pageCacheMb: 1024 }],
  [262_144, { heapMb: 4096, pageCacheMb: 4096 }],
])('a machine of %i MiB', (machineMb, plan) => {
  expect(planMemory(undefined, machineMb)).toEqual(plan);
});

test('a heap that was asked for is taken as it is', () => {
  expect(planMemory(300, 262_144)).toEqual({ heapMb: 300, pageCacheMb: 150 });
});

test.each([
  ['a container with less than the machine', 16 * GIB, 4 * GIB, 4096],
  ['no limit, said with 0', 16 * GIB, 0, 16_384],
  ['no limit, said with a huge number', 16 * GIB, 2 ** 64, 16_384],
])('%s', (_what, total, limit, megabytes) => {
  expect(machineMemoryMb(total, limit)).toBe(megabytes);
});
